package docs_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A row or a column can be about both kinds of delegated callers, and "None." as the least
// privileged permission means that none is needed, whatever higher ones there are.
func TestCallersOfRows(t *testing.T) {
	for name, test := range map[string]struct{ table, want string }{
		"a row about two": {
			"|Permission type|Permissions|\n|-|-|\n|Delegated (work or school account, or personal Microsoft account)|Mail.Read|\n",
			"Delegated=yes[[Mail.Read]] Personal=yes[[Mail.Read]]",
		},
		"a row about each": {
			"|Permission type|Permissions|\n|-|-|\n|Delegated (work or school account)|Mail.Read|\n|Delegated (personal Microsoft account)|Mail.Write|\n",
			"Delegated=yes[[Mail.Read]] Personal=yes[[Mail.Write]]",
		},
		"a column about two": {
			"|Resource|Delegated (work or school, or personal Microsoft account)|Application|\n|-|-|-|\n||For mail: Mail.Read|Not supported.|\n",
			"Subject=\"mail\" Delegated=yes[[Mail.Read]] Personal=yes[[Mail.Read]]",
		},
		"none, and a higher one": {
			"|Permission type|Least privileged permissions|Higher privileged permissions|\n|-|-|-|\n|Delegated (work or school account)|None.|Mail.Read|\n|Application|Mail.Read|None.|\n",
			"Delegated=yes[] Application=yes[[Mail.Read]]",
		},
	} {
		t.Run(name, func(t *testing.T) {
			page, _ := parse(t, "a", []byte("---\ndoc_type: apiPageType\n---\n# Get mail\nNamespace: harbour\n## Permissions\n"+test.table))
			_, got, _ := strings.Cut(dump(page), "  Permissions ")
			got, _, _ = strings.Cut(got, " @")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}
