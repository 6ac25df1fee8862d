package calendar

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"example.com/downstream/calendar/graph"
	"example.com/downstream/calendar/graph/fake"
	"example.com/downstream/calendar/graph/odata"
)

// The program plans meetings in a fake calendar. What the service works out from the
// events (free times, the view of a day, reminders) is what the test says.
func TestFake(t *testing.T) {
	service := fake.NewService()
	client, err := graph.NewClient(nil, service.ClientOptions())
	if err != nil {
		t.Fatal(err)
	}
	service.UserCalendarGetSchedule = func(_ *fake.Call, body *graph.CalendarGetSchedule) ([]*graph.ScheduleInformation, error) {
		var views []*graph.ScheduleInformation
		people, _ := body.Schedules.Get()
		for i, person := range people {
			views = append(views, &graph.ScheduleInformation{ScheduleID: odata.Of(person), AvailabilityView: odata.Of([]string{"000", "020"}[i])})
		}
		return views, nil
	}
	service.UserReminderView = func(_ *fake.Call, start, end string) ([]*graph.Reminder, error) {
		return []*graph.Reminder{{EventSubject: odata.Of(start + "/" + end)}}, nil
	}
	start := time.Date(2024, time.July, 15, 9, 0, 0, 0, time.UTC)
	if free, err := Free(t.Context(), client, start, start.Add(time.Hour), "meg", "lee"); err != nil || !slices.Equal(free, []string{"meg"}) {
		t.Errorf("%v, %v", free, err)
	}
	id, err := Meet(t.Context(), client, "Plan", start, time.Hour, odata.DateOf(start.AddDate(0, 1, 0)), "meg@example.com")
	if err != nil {
		t.Fatal(err)
	}
	var event *graph.Event
	for event, err = range client.Me().Events().All(t.Context(), nil) {
		if err != nil || event.ID.Or("") != id {
			t.Fatal(event, err)
		}
	}
	moved, err := Postpone(t.Context(), client, event, start.Add(time.Hour), time.Hour)
	if err != nil || odata.ETag(moved) == odata.ETag(event) {
		t.Fatal(moved, err)
	}
	if _, err := Postpone(t.Context(), client, event, start, time.Hour); !errors.Is(err, odata.ErrPreconditionFailed) {
		t.Errorf("an event that was changed is moved: %v", err)
	}
	if err := service.Seed("/me/calendarView",
		`{"subject":"Late","start":{"dateTime":"2024-07-15T12:00:00"}}`, `{"subject":"Free","showAs":"free"}`, moved); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := errors.Join(Day(t.Context(), &out, client, start), Due(t.Context(), &out, client, "a", "b")); err != nil {
		t.Error(err)
	}
	if want := "2024-07-15T10:00:00 Plan\n2024-07-15T12:00:00 Late\na/b\n"; out.String() != want {
		t.Errorf("it prints %s", &out)
	}
}
