// Package northwind sells goods with the service Northwind.
package northwind

import (
	"context"
	"fmt"
	"io"
	"time"

	"example.com/downstream/northwind/graph"
	"example.com/downstream/northwind/graph/odata"
)

// Cheap prints the products of a category that cost at most a price, with their
// category.
func Cheap(ctx context.Context, out io.Writer, client *graph.Client, category string, price odata.Decimal) error {
	for product, err := range client.Products().All(ctx, &graph.ProductQuery{
		Select: odata.Fields(graph.ProductProductName, graph.ProductUnitPrice),
		Filter: odata.And(
			odata.Le(graph.ProductUnitPrice, price),
			odata.Eq(odata.PathTo(graph.ProductCategory, graph.CategoryCategoryName), category),
			odata.Not(odata.Eq(graph.ProductDiscontinued, true)),
		),
		OrderBy: odata.Desc(graph.ProductUnitPrice).Then(odata.Asc(graph.ProductProductName)),
		Expand:  odata.Expand(graph.ProductCategory, &graph.CategoryItemQuery{Select: odata.Fields(graph.CategoryCategoryName)}),
		Top:     10, Skip: 20, Count: true,
	}) {
		if err != nil {
			return err
		}
		in, _ := odata.Expanded[graph.Category](product, "Category").Get()
		fmt.Fprintln(out, product.ProductName.Or(""), product.UnitPrice.Or("?"), in.CategoryName.Or(""))
	}
	return nil
}

// Correct changes the quantity of a product in an order.
func Correct(ctx context.Context, client *graph.Client, order, product int32, quantity int16) error {
	detail := client.OrderDetails().ByKey(order, product)
	read, err := detail.Get(ctx, nil)
	if err != nil {
		return err
	}
	_, err = detail.Update(ctx, &graph.OrderDetail{Quantity: odata.Of(quantity)}, &graph.Options{IfMatch: odata.ETag(read), Minimal: true})
	return err
}

// Order creates an order for a customer and sets its freight.
func Order(ctx context.Context, client *graph.Client, customer string, date time.Time, freight odata.Decimal) (int32, error) {
	order, err := client.Orders().Create(ctx, &graph.Order{OrderDate: odata.Of(date), Freight: odata.Of(freight)}, nil)
	if err != nil {
		return 0, err
	}
	id := order.OrderID.Or(0)
	return id, client.Orders().ByID(id).Customer().Ref().Set(ctx, odata.Key(client.Resource("Customers"), customer))
}

// Spent returns how many customers of a city have ordered since a day.
func Spent(ctx context.Context, client *graph.Client, city string, since time.Time) (int64, error) {
	return client.Customers().Count(ctx, &graph.CustomerQuery{Filter: odata.And(
		odata.Eq(odata.ToLower(graph.CustomerCity), city),
		odata.Any(graph.CustomerOrders, odata.Ge(graph.OrderOrderDate, since)),
	)})
}

// Picture replaces the picture of a category.
func Picture(ctx context.Context, client *graph.Client, category int32, picture []byte) error {
	_, err := client.Categories().ByID(category).Update(ctx, &graph.Category{Picture: odata.Of(odata.Binary(picture))}, nil)
	return err
}
