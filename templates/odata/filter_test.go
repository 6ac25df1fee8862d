package odata_test

import (
	"strings"
	"testing"
	"time"

	"github.com/msgraphgen/msgraphgen/templates/odata"
)

// The expected conditions are written by hand after the OData URL Conventions.
func TestFilter(t *testing.T) {
	since := time.Date(2024, 7, 15, 8, 30, 0, 0, time.UTC)
	name := odata.Path(LetterSender, SenderName)
	unread := odata.Eq(LetterIsRead, false)
	red := odata.Eq(odata.It[string](), "red")
	for want, filter := range map[string]odata.Filter[Letter]{
		"":                {},
		"isRead eq false": unread,
		"subject eq 'it''s 100% #1 & 2+2=4 für Zoë'":              odata.Eq(LetterSubject, "it's 100% #1 & 2+2=4 für Zoë"),
		"receivedDateTime ge 2024-07-15T08:30:00Z":                odata.Ge(LetterReceived, since),
		"due lt 2024-02-29":                                       odata.Lt(LetterDue, odata.Date{Year: 2024, Month: 2, Day: 29}),
		"at le 09:05:00":                                          odata.Le(LetterAt, odata.TimeOfDay{Hour: 9, Minute: 5}),
		"length gt duration'PT15M'":                               odata.Gt(LetterLength, odata.DurationOf(15*time.Minute)),
		"thread eq 5f1d1c5e-0b86-4e4a-9a3b-5a9e1d4f7c21":          odata.Eq(LetterThread, "5f1d1c5e-0b86-4e4a-9a3b-5a9e1d4f7c21"),
		"cost ne 1.50":                                            odata.Ne(LetterCost, "1.50"),
		"hash eq binary'AQI='":                                    odata.Eq(LetterHash, "\x01\x02"),
		"importance eq 'high'":                                    odata.Eq(LetterImportance, "high"),
		"importance has 'high'":                                   odata.HasFlag(LetterImportance, "high"),
		"size in (1,2,3)":                                         odata.In(LetterSize, 1, 2, 3),
		"subject in ('a','b''c')":                                 odata.In(LetterSubject, "a", "b'c"),
		"sender eq null":                                          odata.IsNull(LetterSender),
		"sender/name ne null":                                     odata.NotNull(name),
		"startswith(sender/name,'O''')":                           odata.StartsWith(name, "O'"),
		"endswith(subject,'!')":                                   odata.EndsWith(LetterSubject, "!"),
		"contains(tolower(subject),'tax')":                        odata.Contains(odata.ToLower(LetterSubject), "tax"),
		"length(subject) gt 80":                                   odata.Gt(odata.Length(LetterSubject), 80),
		"indexof(subject,'x') eq -1":                              odata.Eq(odata.IndexOf(LetterSubject, "x"), -1),
		"substring(toupper(trim(subject)),3) eq 'X'":              odata.Eq(odata.Substring(odata.ToUpper(odata.Trim(LetterSubject)), 3), "X"),
		"concat(concat(subject,sender/name),subject) eq 'a'":      odata.Eq(odata.Concat(LetterSubject, name, LetterSubject), "a"),
		"year(receivedDateTime) eq 2024 and month(due) eq 2":      odata.And(odata.Eq(odata.Year(LetterReceived), 2024), odata.Eq(odata.Month(LetterDue), 2)),
		"date(receivedDateTime) eq 2024-07-15":                    odata.Eq(odata.DatePart(LetterReceived), odata.DateOf(since)),
		"hour(at) eq 9 and minute(receivedDateTime) eq 30":        odata.And(odata.Eq(odata.Hour(LetterAt), 9), odata.Eq(odata.Minute(LetterReceived), 30)),
		"round(cost) eq 2":                                        odata.Eq(odata.Round(LetterCost), "2"),
		"isRead eq false and (size eq 1 or size eq 2)":            odata.And(unread, odata.Or(odata.Eq(LetterSize, 1), odata.Eq(LetterSize, 2))),
		"isRead eq false and size eq 1 or size eq 2":              odata.Or(odata.And(unread, odata.Eq(LetterSize, 1)), odata.Eq(LetterSize, 2)),
		"not (isRead eq false or size eq 1)":                      odata.Not(odata.Or(unread, odata.Eq(LetterSize, 1))),
		"isRead eq false and not (size eq 1)":                     odata.And(odata.Filter[Letter]{}, unread, odata.Not(odata.Eq(LetterSize, 1))),
		"(a eq 1 or b eq 2) and isRead eq false":                  odata.And(odata.RawFilter[Letter]("a eq 1 or b eq 2"), unread),
		"a eq 1 or b eq 2":                                        odata.RawFilter[Letter]("a eq 1 or b eq 2"), // as it is written
		"a eq 1 and b eq 2 or isRead eq false":                    odata.Or(odata.RawFilter[Letter]("a eq 1 and b eq 2"), unread),
		"not (a eq 1)":                                            odata.Not(odata.RawFilter[Letter]("a eq 1")),
		"categories/any()":                                        odata.Any(LetterCategories, odata.Filter[string]{}),
		"categories/any(x:x eq 'red')":                            odata.Any(LetterCategories, red),
		"categories/all(x:not (x eq 'red' or startswith(x,'b')))": odata.All(LetterCategories, odata.Not(odata.Or(red, odata.StartsWith(odata.It[string](), "b")))),
		"receivers/any(x2:x2/name eq 'A' and x2/aliases/any(x:x eq 'red'))": odata.Any(LetterReceivers,
			odata.And(odata.Eq(SenderName, "A"), odata.Any(SenderAliases, red))),
		"copies/any(x:x/sender/name eq 'A')":                     odata.Any(LetterCopies, odata.Eq(name, "A")),
		"copies/$count eq 0":                                     odata.Eq(odata.CountOf(LetterCopies), 0),
		"categories/any(x:tolower(x) eq 'red')":                  odata.Any(LetterCategories, odata.Eq(odata.ToLower(odata.It[string]()), "red")),
		"copies/any(x:year(x/receivedDateTime) eq 2024)":         odata.Any(LetterCopies, odata.Eq(odata.Year(LetterReceived), 2024)),
		"copies/any(x:indexof(tolower(x/sender/name),'/') eq 1)": odata.Any(LetterCopies, odata.Eq(odata.IndexOf(odata.ToLower(name), "/"), 1)),
		"indexof(subject,'a\ufffdb') eq 0":                       odata.Eq(odata.IndexOf(LetterSubject, "a\xffb"), 0),
		"tolower(sender/name) eq 'a'":                            odata.Eq(odata.Path(LetterSender, odata.ToLower(SenderName)), "a"),
		"copies/any(x:length(x/owner/displayName) eq 1)":         odata.Any(LetterCopies, odata.Eq(odata.PathTo(LetterOwner, odata.Length(PersonName)), 1)),
		"contains(trim(mail.boss/displayName),'A')":              odata.Contains(odata.PathOf[Letter]("mail.boss", odata.Trim(PersonName)), "A"),
		"owner/displayName eq 'A'":                               odata.Eq(odata.PathTo(LetterOwner, PersonName), "A"),
		"isof('mail.invitation')":                                odata.IsOf[Letter]("mail.invitation"),
		"copies/any(x:isof(x,'mail.invitation'))":                odata.Any(LetterCopies, odata.IsOf[Letter]("mail.invitation")),
		"mail.boss/displayName eq 'A'":                           odata.Eq(odata.PathOf[Letter]("mail.boss", PersonName), "A"),
	} {
		if got := filter.String(); got != want {
			t.Errorf("got  %s\nwant %s", got, want)
		}
	}
}

// A condition that cannot be sent makes the request fail before it is sent, however
// deep it is.
func TestFilterThatCannotBeSent(t *testing.T) {
	never := odata.Date{Year: 2023, Month: 2, Day: 30}
	for want, filter := range map[string]odata.Filter[Letter]{
		"2023-02-30 is not an Edm.Date": odata.Or(odata.Not(odata.Any(LetterCopies, odata.Eq(LetterDue, never))), odata.Eq(LetterSize, 1)),
		"RawFilter has no condition":    odata.Or(odata.RawFilter[Letter](" "), odata.Eq(LetterIsRead, true)),
		"2023-02-30 is not":             odata.In(LetterDue, never),
		"In has no values":              odata.And(odata.In(LetterSize), odata.Eq(LetterIsRead, true)),
		"All has no condition":          odata.All(LetterCopies, odata.Filter[Letter]{}),
		"no literal: a odata_test.Sender cannot stand in an address": odata.Eq(LetterSender, Sender{}),
	} {
		client, requests := counting(t)
		_, err := odata.Count(t.Context(), client.Resource("letters"), odata.Method{Name: "Letters.Count"}, &odata.Query[Letter]{Filter: filter})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.HasPrefix(err.Error(), "Letters.Count: odata: ") || requests() != 0 {
			t.Errorf("%v after %d requests, want %s", err, requests(), want)
		}
	}
}
