// Package trippin plans trips with the service TripPin.
package trippin

import (
	"context"
	"time"

	"example.com/downstream/trippin/graph"
	"example.com/downstream/trippin/graph/odata"
)

// Women returns the names of women who like a feature and are older than an age.
func Women(ctx context.Context, client *graph.Client, feature graph.Feature, age int64) ([]string, error) {
	var names []string
	for person, err := range client.People().All(ctx, &graph.PersonQuery{
		Filter: odata.And(
			odata.Eq(graph.PersonGenderField, graph.PersonGenderFemale),
			odata.Gt(graph.PersonAge, age),
			odata.Any(graph.PersonFeatures, odata.Eq(odata.It[graph.Feature](), feature)),
		),
		OrderBy: odata.Asc(odata.Path(odata.Path(graph.PersonHomeAddress, graph.LocationCity), graph.CityName)),
	}) {
		if err != nil {
			return nil, err
		}
		names = append(names, person.UserName.Or(""))
	}
	return names, nil
}

// Plan creates a trip with a flight, and returns the ID of the trip.
func Plan(ctx context.Context, client *graph.Client, user string, share odata.Guid, start time.Time) (int32, error) {
	trips := client.People().ByID(user).Trips()
	trip, err := trips.Create(ctx, &graph.Trip{
		ShareID: odata.Of(share), Budget: odata.Of(float32(1000.5)), StartsAt: odata.Of(start), Tags: odata.ListOf("work"),
	}, nil)
	if err != nil {
		return 0, err
	}
	id := trip.TripID.Or(0)
	_, err = trips.ByID(id).PlanItems().Create(ctx, (&graph.Flight{
		FlightNumber: odata.Of("LH 1"), Duration: odata.Of(odata.DurationOf(90 * time.Minute)),
	}).AsPlanItem(), nil)
	return id, err
}

// Marry gives a person another last name, and reports whether the service did it.
func Marry(ctx context.Context, client *graph.Client, user, name string) (bool, error) {
	done, err := client.People().ByID(user).UpdateLastName(ctx, &graph.PersonUpdateLastName{LastName: odata.Of(name)}, nil)
	return done.Or(false), err
}

// Befriend makes friends of two people, and enemies of two others.
func Befriend(ctx context.Context, client *graph.Client, user, friend, enemy string) error {
	friends := client.People().ByID(user).Friends().Ref()
	if err := friends.Add(ctx, client.People().ByID(friend)); err != nil {
		return err
	}
	return friends.Remove(ctx, client.People().ByID(enemy))
}

// Together returns the names of the trips of a person with a friend, the airline that
// the person likes, and the budget of the managers.
func Together(ctx context.Context, client *graph.Client, user, friend string) (trips []string, airline string, budget int64, err error) {
	person := client.People().ByID(user)
	for trip, err := range person.GetFriendsTrips(friend).All(ctx, nil) {
		if err != nil {
			return nil, "", 0, err
		}
		trips = append(trips, trip.Name.Or(""))
	}
	favorite, err := person.GetFavoriteAirline().Get(ctx, nil)
	if err != nil {
		return nil, "", 0, err
	}
	for manager, err := range client.People().AsManager().All(ctx, nil) {
		if err != nil {
			return nil, "", 0, err
		}
		budget += manager.Budget.Or(0)
	}
	return trips, favorite.Name.Or(""), budget, nil
}
