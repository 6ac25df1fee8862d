package describe

import (
	"fmt"
	"strings"

	"github.com/msgraphgen/msgraphgen/templates"
)

// closurePage is what the page of a closure shows.
type closurePage struct {
	Title   string
	Reasons []pageReason
	List    templates.List
}

type pageReason struct {
	Reason
	From  string // the first step
	Steps string // how many follow
}

func newClosurePage(closure []Reason) closurePage {
	page := closurePage{
		Title: fmt.Sprintf("Why %d types are selected", len(closure)),
		List:  templates.List{Items: "types", Size: len(closure), Hint: "type, property, operation …", Details: true},
	}
	if len(closure) == 1 {
		page.Title = "Why " + closure[0].Type + " is selected"
	}
	for _, r := range closure {
		reason := pageReason{Reason: r, From: strings.TrimPrefix(r.Chain[0], r.Type+" ")}
		switch steps := len(r.Chain) - 1; steps {
		case 0:
		case 1:
			reason.Steps = ", 1 step"
		default:
			reason.Steps = fmt.Sprintf(", %d steps", steps)
		}
		page.Reasons = append(page.Reasons, reason)
	}
	return page
}
