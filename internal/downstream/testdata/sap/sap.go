// Package sap runs a harbour with a service in the style of SAP.
package sap

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"example.com/downstream/sap/graph"
	"example.com/downstream/sap/graph/odata"
)

// Book books the first free berth of a day, and confirms the booking for a fee.
func Book(ctx context.Context, client *graph.Client, ship string, day odata.Date, cargo graph.Cargo, fee odata.Decimal) (string, error) {
	for berth, err := range client.Berths().Free(day, graph.ShipClassFERRY, "40.500").All(ctx, nil) {
		if err != nil {
			return "", err
		}
		bookings := client.Berths().ByID(berth.BerthUUID.Or("")).Bookings()
		if _, err := bookings.Create(ctx, &graph.BookingType{
			Ship: odata.Of(ship), Day: odata.Of(day), IsActiveEntity: odata.Of(false),
			Arrival: odata.Of(odata.TimeOfDay{Hour: 8, Minute: 30}), Cargo: odata.Of(cargo),
		}, nil); err != nil {
			return "", err
		}
		confirmed, err := bookings.ByKey(ship, day, false).Confirm(ctx, &graph.BookingTypeConfirm{Fee: odata.Of(fee)}, nil)
		if err != nil {
			return "", err
		}
		return fmt.Sprintf("%s %s %v", berth.Code.Or(""), confirmed.Fee.Or(""), confirmed.Cargo.Or("").Split()), nil
	}
	return "", errors.New("no berth is free")
}

// Rename gives the berth with a code another one, without its length. The plan of
// the berth stays.
func Rename(ctx context.Context, client *graph.Client, code, name string) error {
	_, err := client.Berths().ByCode(code).Update(ctx, &graph.BerthType{Code: odata.Of(name), Length: odata.Null[odata.Decimal]()}, &graph.Options{IfMatch: "*"})
	return err
}

// CopyPlan copies the plan of a berth to another one, and to a document.
func CopyPlan(ctx context.Context, client *graph.Client, from, to, document odata.Guid) error {
	plan, err := client.Berths().ByID(from).Plan().Download(ctx, nil)
	if err != nil {
		return err
	}
	defer plan.Close()
	content, err := io.ReadAll(plan)
	if err != nil {
		return err
	}
	if _, err := client.Berths().ByID(to).Plan().Upload(ctx, bytes.NewReader(content), plan.ContentType, nil); err != nil {
		return err
	}
	_, err = client.Documents().ByID(document).Content().Upload(ctx, bytes.NewReader(content), plan.ContentType, nil)
	return err
}

// Next raises a counter, and returns what it was.
func Next(ctx context.Context, client *graph.Client, number int64) (int64, error) {
	counter := client.Counters().ByID(number)
	read, err := counter.Get(ctx, nil)
	if err != nil {
		return 0, err
	}
	n := read.Value.Or(0)
	_, err = counter.Update(ctx, &graph.CounterType{Value: odata.Of(n + 1)}, &graph.Options{IfMatch: odata.ETag(read)})
	return n, err
}

// Charge sets the rate of a class, in the currency of the harbour, which it returns.
func Charge(ctx context.Context, client *graph.Client, class graph.ShipClass, rate odata.Decimal) (string, error) {
	settings, err := client.Settings().Get(ctx, nil)
	if err != nil {
		return "", err
	}
	_, err = client.Classes().ByID(class).Update(ctx, &graph.ClassType{Rate: odata.Of(rate)}, nil)
	return settings.Currency.Or(""), err
}
