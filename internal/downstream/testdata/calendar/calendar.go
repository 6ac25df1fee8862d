// Package calendar plans meetings.
package calendar

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"example.com/downstream/calendar/graph"
	"example.com/downstream/calendar/graph/odata"
)

// inUTC asks for times in UTC.
var inUTC = http.Header{"Prefer": {`outlook.timezone="UTC"`}}

// at returns a moment as the service has it.
func at(t time.Time) odata.Opt[*graph.DateTimeTimeZone] {
	return odata.Of(&graph.DateTimeTimeZone{
		DateTime: odata.Of(t.UTC().Format("2006-01-02T15:04:05")), TimeZone: odata.Of("UTC"),
	})
}

// Free returns the people who are free from start to end.
func Free(ctx context.Context, client *graph.Client, start, end time.Time, people ...string) ([]string, error) {
	var free []string
	for schedule, err := range client.Me().Calendar().GetSchedule(ctx, &graph.CalendarGetSchedule{
		Schedules: odata.ListOf(people...), StartTime: at(start), EndTime: at(end), AvailabilityViewInterval: odata.Of(int32(30)),
	}, &graph.Options{Header: inUTC}) {
		if err != nil {
			return nil, err
		}
		if view, ok := schedule.AvailabilityView.Get(); ok && strings.Trim(view, "0") == "" {
			free = append(free, schedule.ScheduleID.Or(""))
		}
	}
	return free, nil
}

// Meet creates a meeting every week until a day, and returns its ID.
func Meet(ctx context.Context, client *graph.Client, subject string, start time.Time, length time.Duration, until odata.Date, people ...string) (string, error) {
	var attendees []*graph.Attendee
	for _, address := range people {
		attendees = append(attendees, &graph.Attendee{
			EmailAddress: odata.Of(&graph.EmailAddress{Address: odata.Of(address)}),
			Type:         odata.Of(graph.AttendeeTypeRequired),
		})
	}
	event, err := client.Me().Events().Create(ctx, &graph.Event{
		Subject:   odata.Of(subject),
		Start:     at(start),
		End:       at(start.Add(length)),
		Attendees: odata.ListOf(attendees...),
		Recurrence: odata.Of(&graph.PatternedRecurrence{
			Pattern: odata.Of(&graph.RecurrencePattern{
				Type: odata.Of(graph.RecurrencePatternTypeWeekly), Interval: odata.Of(int32(1)), DaysOfWeek: odata.ListOf(graph.DayOfWeekMonday),
			}),
			Range: odata.Of(&graph.RecurrenceRange{
				Type: odata.Of(graph.RecurrenceRangeTypeEndDate), StartDate: odata.Of(odata.DateOf(start)), EndDate: odata.Of(until),
			}),
		}),
	}, nil)
	if err != nil {
		return "", err
	}
	return event.ID.Or(""), nil
}

// Day prints the events of a day, those of series too.
func Day(ctx context.Context, out io.Writer, client *graph.Client, day time.Time) error {
	query := &graph.EventQuery{
		Select:  odata.Fields(graph.EventSubject, graph.EventStart),
		OrderBy: odata.Asc(odata.Path(graph.EventStart, graph.DateTimeTimeZoneDateTime)),
		Filter:  odata.Ne(graph.EventShowAs, graph.FreeBusyStatusFree),
		Other: url.Values{
			"startDateTime": {day.UTC().Format(time.RFC3339)},
			"endDateTime":   {day.AddDate(0, 0, 1).UTC().Format(time.RFC3339)},
		},
	}
	query.Header = inUTC
	for event, err := range client.Me().CalendarView().All(ctx, query) {
		if err != nil {
			return err
		}
		start, _ := event.Start.Get()
		fmt.Fprintln(out, start.DateTime.Or("?"), event.Subject.Or("(no subject)"))
	}
	return nil
}

// Postpone moves an event, without its location and its reminder.
func Postpone(ctx context.Context, client *graph.Client, event *graph.Event, start time.Time, length time.Duration) (*graph.Event, error) {
	return client.Me().Events().ByID(event.ID.Or("")).Update(ctx, &graph.Event{
		Start: at(start), End: at(start.Add(length)),
		Location: odata.Null[*graph.Location](), IsReminderOn: odata.Of(false),
	}, &graph.Options{IfMatch: odata.ETag(event)})
}

// Due prints the reminders of a period.
func Due(ctx context.Context, out io.Writer, client *graph.Client, start, end string) error {
	for reminder, err := range client.Me().ReminderView(start, end).All(ctx, nil) {
		if err != nil {
			return err
		}
		fmt.Fprintln(out, reminder.EventSubject.Or(""))
	}
	return nil
}
