package fake_test

import (
	"encoding/json/v2"
	"fmt"
	"math/big"
	"net/url"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// truth is the truth of a condition as the test works it out: nil is null.
type truth = *bool

func known(b bool) truth { return &b }

// condition is a filter of the client, and the same condition in Go.
type condition struct {
	filter odata.Filter[Item]
	meets  func(*Item) truth
}

var (
	texts  = rapid.SampledFrom([]string{"", "a", "A", "b", "ab", "it's", "a,b", "x:y", "100% + #1 & Ω/日本", " a ", "(", "null", "2024-07-15"})
	counts = rapid.Int32Range(-2, 3)
	dues   = rapid.Map(rapid.IntRange(0, 3), func(n int) time.Time {
		return time.Date(2024, 7, 15, 22, 30, 0, 100*n, time.UTC).Add(time.Duration(n) * time.Hour)
	})
	days   = rapid.Map(rapid.IntRange(14, 16), func(n int) odata.Date { return odata.Date{Year: 2024, Month: 7, Day: n} })
	prices = rapid.SampledFrom([]odata.Decimal{"0", "1.5", "-1.5", "1.50", "2.4", "12345678901234567890.1"})
	widths = rapid.SampledFrom([]float64{0, 0.1, 0.5, -0.5, 1.5, 2, 1e300})
)

// some returns values, null, and nothing.
func some[T any](g *rapid.Generator[T]) *rapid.Generator[odata.Opt[T]] {
	return rapid.Custom(func(t *rapid.T) odata.Opt[T] {
		switch rapid.IntRange(0, 4).Draw(t, "state") {
		case 0:
			return odata.Null[T]()
		case 1:
			return odata.Opt[T]{}
		}
		return odata.Of(g.Draw(t, "value"))
	})
}

var sizes = rapid.Custom(func(t *rapid.T) *Size {
	return &Size{Width: some(widths).Draw(t, "width"), Unit: some(texts).Draw(t, "unit")}
})

var items = rapid.Custom(func(t *rapid.T) *Item {
	item := &Item{
		Title: some(texts).Draw(t, "title"), Count: some(counts).Draw(t, "count"), Done: some(rapid.Bool()).Draw(t, "done"),
		Due: some(dues).Draw(t, "due"), Day: some(days).Draw(t, "day"), Price: some(prices).Draw(t, "price"),
		Size: some(sizes).Draw(t, "size"), Color: some(rapid.SampledFrom([]string{"red", "red,blue", "blue, green"})).Draw(t, "color"),
	}
	if rapid.Bool().Draw(t, "has tags") {
		item.Tags = odata.ListOf(rapid.SliceOfN(texts, 0, 3).Draw(t, "tags")...)
	}
	if rapid.Bool().Draw(t, "has sizes") {
		item.Sizes = odata.ListOf(rapid.SliceOfN(sizes, 0, 2).Draw(t, "sizes")...)
	}
	return item
})

// compared returns a comparison of a property or a function with a literal.
func compared[T, V any](t *rapid.T, field odata.Field[T, V], literals *rapid.Generator[V], get func(*T) (V, bool), cmp func(a, b V) int) (odata.Filter[T], func(*T) truth) {
	literal := literals.Draw(t, "literal")
	filter := odata.Eq(field, literal)
	is := func(n int) bool { return n == 0 }
	null := false
	switch rapid.IntRange(0, 8).Draw(t, "operator") {
	case 0:
	case 1:
		filter, is, null = odata.Ne(field, literal), func(n int) bool { return n != 0 }, true
	case 2:
		filter, is = odata.Lt(field, literal), func(n int) bool { return n < 0 }
	case 3:
		filter, is = odata.Le(field, literal), func(n int) bool { return n <= 0 }
	case 4:
		filter, is = odata.Gt(field, literal), func(n int) bool { return n > 0 }
	case 5:
		filter, is = odata.Ge(field, literal), func(n int) bool { return n >= 0 }
	case 6:
		filter, is, null = odata.IsNull(field), func(int) bool { return false }, true
	case 7:
		filter, is = odata.NotNull(field), func(int) bool { return true }
	case 8:
		other := literals.Draw(t, "other")
		return odata.In(field, literal, other), func(item *T) truth {
			v, ok := get(item)
			return known(ok && (cmp(v, literal) == 0 || cmp(v, other) == 0))
		}
	}
	return filter, func(item *T) truth {
		v, ok := get(item)
		if !ok {
			return known(null)
		}
		return known(is(cmp(v, literal)))
	}
}

func property[V any](get func(*Item) odata.Opt[V]) func(*Item) (V, bool) {
	return func(item *Item) (V, bool) { return get(item).Get() }
}

// function returns a function of a property.
func function[T, V, W any](get func(*T) (V, bool), f func(V) W) func(*T) (W, bool) {
	return func(item *T) (W, bool) {
		v, ok := get(item)
		if !ok {
			var zero W
			return zero, false
		}
		return f(v), true
	}
}

func order[T int32 | int64 | float64](a, b T) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func number(d odata.Decimal) *big.Rat {
	r, ok := new(big.Rat).SetString(string(d))
	if !ok {
		panic("the test has a wrong number")
	}
	return r
}

func bools(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

var (
	title  = property(func(i *Item) odata.Opt[string] { return i.Title })
	count  = property(func(i *Item) odata.Opt[int32] { return i.Count })
	due    = property(func(i *Item) odata.Opt[time.Time] { return i.Due })
	day    = property(func(i *Item) odata.Opt[odata.Date] { return i.Day })
	price  = property(func(i *Item) odata.Opt[odata.Decimal] { return i.Price })
	done   = property(func(i *Item) odata.Opt[bool] { return i.Done })
	unitOf = func(s *Size) (string, bool) { return s.Unit.Get() }
	width  = func(i *Item) (float64, bool) {
		size, ok := i.Size.Get()
		if !ok {
			return 0, false
		}
		return size.Width.Get()
	}
)

func length(s string) int32 { return int32(len([]rune(s))) }

// leaf returns a condition without others in it.
func leaf(t *rapid.T) condition {
	ints := rapid.Int32Range(-1, 31)
	var c condition
	switch rapid.IntRange(0, 27).Draw(t, "kind") {
	case 0:
		c.filter, c.meets = compared(t, itemTitle, texts, title, strings.Compare)
	case 1:
		c.filter, c.meets = compared(t, itemCount, counts, count, order[int32])
	case 2:
		c.filter, c.meets = compared(t, itemDone, rapid.Bool(), done, bools)
	case 3:
		c.filter, c.meets = compared(t, itemDue, dues, due, time.Time.Compare)
	case 4:
		c.filter, c.meets = compared(t, itemDay, days, day, func(a, b odata.Date) int { return strings.Compare(a.String(), b.String()) })
	case 5:
		c.filter, c.meets = compared(t, itemPrice, prices, price, func(a, b odata.Decimal) int { return number(a).Cmp(number(b)) })
	case 6:
		c.filter, c.meets = compared(t, odata.Path(itemSize, odata.Field[*Size, float64](sizeWidth)), widths, width, order[float64])
	case 7:
		c.filter, c.meets = compared(t, odata.ToLower(itemTitle), texts, function(title, strings.ToLower), strings.Compare)
	case 8:
		c.filter, c.meets = compared(t, odata.ToUpper(odata.Trim(itemTitle)), texts,
			function(title, func(s string) string { return strings.ToUpper(strings.TrimSpace(s)) }), strings.Compare)
	case 9:
		c.filter, c.meets = compared(t, odata.Length(itemTitle), ints, function(title, length), order[int32])
	case 10:
		part := texts.Draw(t, "part")
		c.filter, c.meets = compared(t, odata.IndexOf(itemTitle, part), ints, function(title, func(s string) int32 {
			i := strings.Index(s, part)
			return int32(min(i, 0)) + length(s[:max(i, 0)])
		}), order[int32])
	case 11:
		from := rapid.IntRange(0, 3).Draw(t, "from")
		c.filter, c.meets = compared(t, odata.Substring(itemTitle, from), texts, function(title, func(s string) string {
			return string([]rune(s)[min(from, int(length(s))):])
		}), strings.Compare)
	case 12:
		c.filter, c.meets = compared(t, odata.Concat(itemTitle, itemTitle), texts, function(title, func(s string) string { return s + s }), strings.Compare)
	case 13:
		c.filter, c.meets = compared(t, odata.Year(itemDue), rapid.Int32Range(2023, 2025), function(due, func(d time.Time) int32 { return int32(d.UTC().Year()) }), order[int32])
	case 14:
		c.filter, c.meets = compared(t, odata.Month(itemDay), ints, function(day, func(d odata.Date) int32 { return int32(d.Month) }), order[int32])
	case 15:
		c.filter, c.meets = compared(t, odata.Day(itemDue), ints, function(due, func(d time.Time) int32 { return int32(d.UTC().Day()) }), order[int32])
	case 16:
		c.filter, c.meets = compared(t, odata.Hour(itemDue), ints, function(due, func(d time.Time) int32 { return int32(d.UTC().Hour()) }), order[int32])
	case 17:
		c.filter, c.meets = compared(t, odata.Minute(itemDue), ints, function(due, func(d time.Time) int32 { return int32(d.UTC().Minute()) }), order[int32])
	case 18:
		c.filter, c.meets = compared(t, odata.DatePart(itemDue), days, function(due, func(d time.Time) odata.Date { return odata.DateOf(d.UTC()) }),
			func(a, b odata.Date) int { return strings.Compare(a.String(), b.String()) })
	case 19:
		c.filter, c.meets = compared(t, odata.Floor(itemPrice), prices, function(price, func(d odata.Decimal) odata.Decimal {
			r := number(d)
			return odata.Decimal(new(big.Int).Div(r.Num(), r.Denom()).String())
		}), func(a, b odata.Decimal) int { return number(a).Cmp(number(b)) })
	case 20:
		numbers := map[odata.Decimal]odata.Decimal{"0": "0", "1.5": "2", "-1.5": "-2", "1.50": "2", "2.4": "2", "12345678901234567890.1": "12345678901234567890"}
		c.filter, c.meets = compared(t, odata.Round(itemPrice), prices, function(price, func(d odata.Decimal) odata.Decimal { return numbers[d] }),
			func(a, b odata.Decimal) int { return number(a).Cmp(number(b)) })
	case 21:
		c.filter, c.meets = compared(t, odata.CountOf(itemTags), rapid.Int64Range(0, 3), func(i *Item) (int64, bool) {
			list, _ := i.Tags.Get()
			return int64(len(list)), true
		}, order[int64])
	case 22:
		part := texts.Draw(t, "part")
		functions := []struct {
			filter func(odata.Field[Item, string], string) odata.Filter[Item]
			meets  func(s, part string) bool
		}{{odata.StartsWith[Item], strings.HasPrefix}, {odata.EndsWith[Item], strings.HasSuffix}, {odata.Contains[Item], strings.Contains}}
		f := rapid.SampledFrom([]int{0, 1, 2}).Draw(t, "function")
		c.filter = functions[f].filter(itemTitle, part)
		c.meets = func(i *Item) truth {
			s, ok := i.Title.Get()
			if !ok {
				return nil
			}
			return known(functions[f].meets(s, part))
		}
	case 23:
		member := rapid.SampledFrom([]string{"red", "blue", "green"}).Draw(t, "member")
		c.filter = odata.HasFlag(itemColor, member)
		c.meets = func(i *Item) truth {
			s, ok := i.Color.Get()
			if !ok {
				return nil
			}
			return known(strings.Contains(s, member))
		}
	case 24:
		c.filter = odata.Any(itemTags, odata.Filter[string]{})
		c.meets = func(i *Item) truth {
			list, _ := i.Tags.Get()
			return known(len(list) > 0)
		}
	case 25, 26:
		f, is := compared(t, odata.It[string](), texts, func(s *string) (string, bool) { return *s, true }, strings.Compare)
		any := rapid.Bool().Draw(t, "any")
		c.filter = odata.All(itemTags, f)
		if any {
			c.filter = odata.Any(itemTags, f)
		}
		c.meets = func(i *Item) truth {
			list, _ := i.Tags.Get()
			result := known(!any)
			for _, s := range list {
				if *is(&s) == any {
					result = known(any)
				}
			}
			return result
		}
	case 27:
		f, is := compared(t, odata.ToLower(sizeUnit), texts, function(unitOf, strings.ToLower), strings.Compare)
		any := rapid.Bool().Draw(t, "any")
		c.filter = odata.All(itemSizes, f)
		if any {
			c.filter = odata.Any(itemSizes, f)
		}
		c.meets = func(i *Item) truth {
			list, _ := i.Sizes.Get()
			result := known(!any)
			for _, s := range list {
				if *is(s) == any {
					result = known(any)
				}
			}
			return result
		}
	}
	return c
}

// tree returns a condition.
func tree(t *rapid.T, depth int) condition {
	kind := rapid.IntRange(0, 5).Draw(t, "shape")
	if depth == 0 || kind > 2 {
		return leaf(t)
	}
	if kind == 2 {
		c := tree(t, depth-1)
		return condition{odata.Not(c.filter), func(i *Item) truth {
			if is := c.meets(i); is != nil {
				return known(!*is)
			}
			return nil
		}}
	}
	var filters []odata.Filter[Item]
	var all []condition
	for range rapid.IntRange(1, 3).Draw(t, "parts") {
		c := tree(t, depth-1)
		all, filters = append(all, c), append(filters, c.filter)
	}
	decides := kind == 1
	filter := odata.And(filters...)
	if decides {
		filter = odata.Or(filters...)
	}
	return condition{filter, func(i *Item) truth {
		result := known(!decides)
		for _, c := range all {
			switch is := c.meets(i); {
			case is != nil && *is == decides:
				return known(decides)
			case is == nil:
				result = nil
			}
		}
		return result
	}}
}

// The service finds the items that a condition in Go finds.
func TestFilter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := newService(nil)
		list := rapid.SliceOfN(items, 1, 6).Draw(t, "items")
		for i, item := range list {
			item.ID = odata.Of(fmt.Sprint(i))
			if err := s.Seed("/items", item); err != nil {
				t.Fatal(err)
			}
		}
		c := tree(t, 3)
		var want []string
		for i, item := range list {
			if is := c.meets(item); is != nil && *is {
				want = append(want, fmt.Sprint(i))
			}
		}
		client, err := odata.NewClient(nil, odata.Config{Package: "test"}, s.ClientOptions())
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for item, err := range odata.Iterate[*Item](t.Context(), client.Resource("items"), odata.Method{Name: "List"}, &odata.Query[Item]{Filter: c.filter}) {
			if err != nil {
				t.Fatalf("%v: %v", c.filter, err)
			}
			got = append(got, item.ID.Or(""))
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			text, _ := json.Marshal(list)
			t.Fatalf("%v\nfinds %v, want %v, of\n%s", c.filter, got, want, text)
		}
	})
}

// The fake service says which part of a filter it does not know.
func TestUnknownFilter(t *testing.T) {
	s := newService(nil)
	if err := s.Seed("/items", `{"title":"a"}`); err != nil {
		t.Fatal(err)
	}
	for filter, want := range map[string]string{
		"count add 1 eq 2":                      "at character 7: add 1 eq 2",
		"title eq 'Ω' and geo.distance(x) lt 1": "at character 18: geo.distance(x) lt 1",
		"title eq":                              "ends too early",
		"title eq 'a":                           "at character 10: 'a",
		"(title eq 'a'":                         "ends too early",
		"title":                                 "at character 1: title",
		"tags/any(x:y eq 'a')":                  `could not find a property named "y"`,
		"titel eq 'a'":                          `could not find a property named "titel" on type "t.item", at character 1 of $filter`,
		strings.Repeat("(", 1000):               "at character 101",
		strings.Repeat("not ", 1000):            "at character 4",
		strings.Repeat("tolower(", 1000):        "at character",
		"day(title) eq 1":                       "day does not take these arguments, at character 1",
		"@p eq 1":                               "at character 1: @p",
		"title eq 'a' or":                       "ends too early",
		"tags/any(":                             "ends too early",
		"title eq 'a' )":                        "at character 14: )",
	} {
		got := send(t, s, "GET", "/items?$filter="+url.QueryEscape(filter), "")
		if got.status != 501 && got.status != 400 || !strings.Contains(got.text, strings.ReplaceAll(want, `"`, `\"`)) {
			t.Errorf("%.40s: %d %s, want %s", filter, got.status, got.text, want)
		}
	}
}

// The position in a filter is the one in the text that the caller wrote.
func TestPositionOfRawFilter(t *testing.T) {
	client := newClient(t, newService(nil))
	for filter, want := range map[string]string{
		"subjekt eq 'a'": `"subjekt" on type "t.item", at character 1 of $filter`,
		"title eq":       "it ends too early: title eq",
	} {
		_, err := odata.Count(t.Context(), client.Resource("items"), odata.Method{Name: "Items.Count"}, &odata.Query[Item]{Filter: odata.RawFilter[Item](filter)})
		if refused, ok := odata.AsError(err); !ok || !strings.HasSuffix(refused.Message, want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
}
