package odata

import (
	"context"
	"crypto/sha256"
	"encoding/json/jsontext"
	"fmt"
	"iter"
	"net/http"
	"net/url"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore/runtime"

	"github.com/msgraphgen/msgraphgen/templates/odata/edm"
)

// Page is a part of a collection, as a service sends it (OData JSON Format 4.01,
// section 13).
type Page[T any] = PageOf[*T]

// PageOf is a [Page] of the pointers P to the items.
type PageOf[P any] struct {
	Value          []P                       // the items; a service can send none, and more pages
	Count          Opt[int64]                // the number of items of all pages, where Query.Count asks for it
	NextLink       string                    // the whole address of the next page, or "" for the last one
	DeltaLink      string                    // the whole address of later changes, in the last page of a delta
	AdditionalData map[string]jsontext.Value // other members
}

// pageJSON is the JSON of a Page. Services of OData 4.01 leave out the prefix of
// names, and services of Microsoft have it.
type pageJSON[P any] struct {
	Value          List[P]                   `json:"value,omitzero"`
	Count          Opt[int64]                `json:"@odata.count,omitzero"`
	Count401       Opt[int64]                `json:"@count,omitzero"`
	NextLink       Opt[string]               `json:"@odata.nextLink,omitzero"`
	NextLink401    Opt[string]               `json:"@nextLink,omitzero"`
	DeltaLink      Opt[string]               `json:"@odata.deltaLink,omitzero"`
	DeltaLink401   Opt[string]               `json:"@deltaLink,omitzero"`
	AdditionalData map[string]jsontext.Value `json:",embed"`
}

// UnmarshalJSONFrom reads the response of a service.
func (p *PageOf[P]) UnmarshalJSONFrom(dec *jsontext.Decoder) error {
	var read pageJSON[P]
	if err := edm.UnmarshalFrom(dec, &read); err != nil {
		return err
	}
	if err := read.Value.Err(); err != nil {
		return err
	}
	items := read.Value.Or(nil)
	if read.Count.IsZero() {
		read.Count = read.Count401
	}
	*p = PageOf[P]{
		items[:0], read.Count, read.NextLink.Or(read.NextLink401.Or("")), read.DeltaLink.Or(read.DeltaLink401.Or("")), read.AdditionalData,
	}
	for _, item := range items {
		if !isNil(item) {
			p.Value = append(p.Value, item)
		}
	}
	return nil
}

func (p *PageOf[P]) resolveLinks(base *url.URL) {
	for _, link := range []*string{&p.NextLink, &p.DeltaLink} {
		*link = absolute(base, *link, p.AdditionalData["@odata.context"], p.AdditionalData["@context"])
	}
}

// Pages returns a pager for the items of the collection r. Each page is requested
// when it is needed. Links to other pages are followed only to the scheme and host
// of the endpoint; a page that comes again is an error, as it would for ever. An error
// ends the pager; the pages before it stand.
func Pages[P any](r Resource, m Method, query AnyQuery) *runtime.Pager[PageOf[P]] {
	x := get(r, m)
	x.query = partsOf(query)
	return pagerOf[P](x)
}

// Iterate returns the items of the collection r, page by page: see [Pages]. An error
// is the last thing that it yields, after the items of the pages before. Iterate is
// not inlined, as its loop would be compiled again for each builder.
//
//go:noinline
func Iterate[P any](ctx context.Context, r Resource, m Method, query AnyQuery) iter.Seq2[P, error] {
	return func(yield func(P, error) bool) { eachItem(ctx, Pages[P](r, m, query), yield) }
}

func eachItem[P any](ctx context.Context, pager *runtime.Pager[PageOf[P]], yield func(P, error) bool) {
	for pager.More() {
		page, err := pager.NextPage(ctx)
		if err != nil {
			yield(*new(P), err)
			return
		}
		for _, item := range page.Value {
			if !yield(item, nil) {
				return
			}
		}
	}
}

// pagerOf returns a pager whose first page is the response to a request.
func pagerOf[P any](x exchange) *runtime.Pager[PageOf[P]] {
	pages := pages{first: x}
	return runtime.NewPager(runtime.PagingHandler[PageOf[P]]{
		More: func(page PageOf[P]) bool { return page.NextLink != "" },
		Fetcher: func(ctx context.Context, last *PageOf[P]) (PageOf[P], error) {
			var page PageOf[P]
			link := ""
			if last != nil {
				link = last.NextLink
			}
			err := pages.fetch(ctx, link, &page)
			return page, err
		},
	})
}

// pages are the pages of a collection that have been read.
type pages struct {
	first exchange
	read  map[[sha256.Size]byte]bool
}

// fetch reads the page that a link leads to, or the first one if the link is "".
func (p *pages) fetch(ctx context.Context, link string, page any) error {
	x := p.first
	x.result, x.list = page, true
	if link != "" {
		if p.read[sha256.Sum256([]byte(link))] {
			return fmt.Errorf("%s: odata: the service sends the same page again and again", x.method.Name)
		}
		x = x.follow(link)
	}
	if p.read == nil {
		p.read = map[[sha256.Size]byte]bool{}
	}
	p.read[sha256.Sum256([]byte(link))] = true
	return x.do(ctx, nil)
}

// follow returns the request for a link in the response to x. It has the header of x; the
// link has the query.
func (x exchange) follow(link string) exchange {
	x.resource = opaque(linked(open(x.resource).client, link))
	x.verb, x.body, x.page = http.MethodGet, nil, true
	return x
}
