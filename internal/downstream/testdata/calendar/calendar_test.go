package calendar

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"example.com/downstream/calendar/graph"
	"example.com/downstream/calendar/graph/odata"
	"example.com/downstream/server"
)

// start is 9:30 in UTC.
var start = time.Date(2024, time.July, 15, 11, 30, 0, 0, time.FixedZone("", 2*60*60))

var prefersUTC = map[string]string{"Prefer": `outlook.timezone="UTC"`}

func connect(t *testing.T, script ...server.Exchange) *graph.Client {
	t.Helper()
	client, err := graph.NewClient(nil, &graph.ClientOptions{Endpoint: server.New(t, script...).URL + "/v1.0"})
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func TestMeeting(t *testing.T) {
	client := connect(t,
		server.Exchange{
			Request: "POST /v1.0/me/calendar/getSchedule", Header: prefersUTC,
			Body: `{"Schedules":["meg@example.com","lee@example.com"],"StartTime":{"dateTime":"2024-07-15T09:30:00","timeZone":"UTC"},
				"EndTime":{"dateTime":"2024-07-15T10:30:00","timeZone":"UTC"},"AvailabilityViewInterval":30}`,
			Response: `{"value":[{"scheduleId":"meg@example.com","availabilityView":"00"},{"scheduleId":"lee@example.com","availabilityView":"02"}]}`,
		},
		server.Exchange{
			Request: "POST /v1.0/me/events", Status: 201, Response: `{"id":"e"}`,
			Body: `{"subject":"Berths","start":{"dateTime":"2024-07-15T09:30:00","timeZone":"UTC"},"end":{"dateTime":"2024-07-15T10:30:00","timeZone":"UTC"},
				"attendees":[{"emailAddress":{"address":"meg@example.com"},"type":"required"}],
				"recurrence":{"pattern":{"type":"weekly","interval":1,"daysOfWeek":["monday"]},"range":{"type":"endDate","startDate":"2024-07-15","endDate":"2024-12-31"}}}`,
		},
	)
	free, err := Free(t.Context(), client, start, start.Add(time.Hour), "meg@example.com", "lee@example.com")
	if err != nil || !slices.Equal(free, []string{"meg@example.com"}) {
		t.Fatalf("%q, %v", free, err)
	}
	id, err := Meet(t.Context(), client, "Berths", start, time.Hour, odata.Date{Year: 2024, Month: time.December, Day: 31}, free...)
	if id != "e" || err != nil {
		t.Errorf("%s, %v", id, err)
	}
}

func TestDay(t *testing.T) {
	var out bytes.Buffer
	err := Day(t.Context(), &out, connect(t, server.Exchange{
		Request: "GET /v1.0/me/calendarView", Header: prefersUTC,
		Query: map[string]string{
			"$select": "subject,start", "$orderby": "start/dateTime", "$filter": "showAs ne 'free'",
			"startDateTime": "2024-07-15T09:30:00Z", "endDateTime": "2024-07-16T09:30:00Z",
		},
		Response: `{"value":[{"subject":"Berths","start":{"dateTime":"2024-07-15T09:30:00.0000000","timeZone":"UTC"}}]}`,
	}), start)
	if out.String() != "2024-07-15T09:30:00.0000000 Berths\n" || err != nil {
		t.Errorf("it prints %s, %v", &out, err)
	}
}

// An event that somebody else has changed is not changed.
func TestPostpone(t *testing.T) {
	client := connect(t,
		server.Exchange{Request: "GET /v1.0/me/events/e", Response: `{"id":"e","@odata.etag":"W/\"1\""}`},
		server.Exchange{
			Request: "PATCH /v1.0/me/events/e", Header: map[string]string{"If-Match": `W/"1"`},
			Body: `{"start":{"dateTime":"2024-07-15T09:30:00","timeZone":"UTC"},"end":{"dateTime":"2024-07-15T10:00:00","timeZone":"UTC"},
				"location":null,"isReminderOn":false}`,
			Status: 412, Response: `{"error":{"code":"ErrorIrresolvableConflict"}}`,
		},
	)
	event, err := client.Me().Events().ByID("e").Get(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = Postpone(t.Context(), client, event, start, 30*time.Minute); !errors.Is(err, odata.ErrPreconditionFailed) {
		t.Error(err)
	}
}

func TestDue(t *testing.T) {
	var out bytes.Buffer
	err := Due(t.Context(), &out, connect(t, server.Exchange{
		Request:  "GET /v1.0/me/reminderView(StartDateTime='2024-07-15T00:00:00',EndDateTime='2024-07-16T00:00:00')",
		Response: `{"value":[{"eventSubject":"Berths"}]}`,
	}), "2024-07-15T00:00:00", "2024-07-16T00:00:00")
	if out.String() != "Berths\n" || err != nil {
		t.Errorf("it prints %s, %v", &out, err)
	}
}
