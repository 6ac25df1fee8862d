package downstream

import (
	"encoding/xml"
	"maps"
	"slices"
	"strings"
	"testing"
)

// reached is the part of the metadata below some navigation properties of a user:
// the types, and the methods of each navigation property.
type reached struct {
	types     map[string]*element
	declared  map[string]navigation
	methods   map[string]map[string]bool // "Create", or "message.send(comment)"
	forbidden map[string]string          // the query options that a property rules out
	keys      string                     // the alternate keys of users
}

// rules are the members of annotations that rule out a method or a query option.
var rules = map[string]string{
	"Insertable": "Create", "Updatable": "Update", "Deletable": "Delete", "Readable": "Read",
	"Searchable": "$search", "Expandable": "$expand", "Filterable": "$filter", "Sortable": "$orderby", "Countable": "$count", "Selectable": "$select",
}

// target is an element with annotations outside of it.
type target struct {
	Target      string `xml:"Target,attr"`
	Annotations []struct {
		Members []struct {
			Name string `xml:"Property,attr"`
			Bool string `xml:"Bool,attr"`
		} `xml:"Record>PropertyValue"`
	} `xml:"Annotation"`
}

// operation is an action or a function, whose first parameter it is bound to.
type operation struct {
	Name       string   `xml:"Name,attr"`
	IsBound    bool     `xml:"IsBound,attr"`
	Parameters []member `xml:"Parameter"`
	Return     member   `xml:"ReturnType"`
}

func (o operation) signature() string {
	var names []string
	for _, p := range o.Parameters {
		names = append(names, p.Name)
	}
	return o.Name + "(" + strings.Join(names, ",") + ")"
}

// navigation is a navigation property.
type navigation struct {
	member
	Contained bool `xml:"ContainsTarget,attr"`
}

// metadata is what the walk needs of a document.
type metadata struct {
	bases      map[string]string
	navigation map[string][]navigation
	operations map[string][]operation // by the type of their first parameter
	keys       map[string][]string    // the properties of alternate keys
	ruledOut   map[string]map[string]bool
}

func readMetadata(t *testing.T, csdl []byte) metadata {
	t.Helper()
	type structured struct {
		Name       string       `xml:"Name,attr"`
		BaseType   string       `xml:"BaseType,attr"`
		Navigation []navigation `xml:"NavigationProperty"`
		Annotation []struct {
			Term    string `xml:"Term,attr"`
			Members []struct {
				Path string `xml:"PropertyPath,attr"`
			} `xml:"Collection>Record>PropertyValue>Collection>Record>PropertyValue"`
		} `xml:"Annotation"`
	}
	var document struct {
		Schemas []struct {
			Namespace    string       `xml:"Namespace,attr"`
			Alias        string       `xml:"Alias,attr"`
			EntityTypes  []structured `xml:"EntityType"`
			ComplexTypes []structured `xml:"ComplexType"`
			Actions      []operation  `xml:"Action"`
			Functions    []operation  `xml:"Function"`
			Targets      []target     `xml:"Annotations"`
		} `xml:"DataServices>Schema"`
	}
	if err := xml.Unmarshal(csdl, &document); err != nil {
		t.Fatal(err)
	}
	m := metadata{map[string]string{}, map[string][]navigation{}, map[string][]operation{}, map[string][]string{}, map[string]map[string]bool{}}
	for _, s := range document.Schemas {
		qualified := schema{Namespace: s.Namespace, Alias: s.Alias}.qualified
		for _, d := range append(s.EntityTypes, s.ComplexTypes...) {
			name := s.Namespace + "." + d.Name
			m.bases[name] = qualified(d.BaseType)
			for _, n := range d.Navigation {
				n.Type = qualified(n.Type)
				m.navigation[name] = append(m.navigation[name], n)
			}
			for _, a := range d.Annotation {
				for _, member := range a.Members {
					if a.Term == "Org.OData.Core.V1.AlternateKeys" && member.Path != "" {
						m.keys[name] = append(m.keys[name], member.Path)
					}
				}
			}
		}
		for _, o := range append(s.Actions, s.Functions...) {
			for i := range o.Parameters {
				o.Parameters[i].Type = qualified(o.Parameters[i].Type)
			}
			o.Return.Type = qualified(o.Return.Type)
			if o.IsBound && len(o.Parameters) > 0 {
				m.operations[o.Parameters[0].Type] = append(m.operations[o.Parameters[0].Type], o)
			}
		}
		for _, target := range s.Targets {
			out := map[string]bool{}
			for _, a := range target.Annotations {
				for _, member := range a.Members {
					if member.Bool == "false" && rules[member.Name] != "" {
						out[rules[member.Name]] = true
					}
				}
			}
			owner, property, _ := strings.Cut(target.Target, "/")
			m.ruledOut[qualified(owner)+"/"+property] = out
		}
	}
	return m
}

// reach returns what the wildcard below some navigation properties of a user
// selects.
func reach(t *testing.T, csdl []byte, properties []string) *reached {
	t.Helper()
	m := readMetadata(t, csdl)
	r := &reached{nil, map[string]navigation{}, map[string]map[string]bool{}, map[string]string{}, ""}
	for name := "microsoft.graph.user"; name != ""; name = m.bases[name] {
		r.keys += strings.Join(m.keys[name], " ")
	}
	var types []string
	var follow func(name string, wanted func(property string) bool)
	follow = func(name string, wanted func(string) bool) {
		for ; name != ""; name = m.bases[name] {
			for _, n := range m.navigation[name] {
				subject := name + "/" + n.Name
				if !wanted(n.Name) || r.methods[subject] != nil {
					continue
				}
				r.declared[subject] = n
				r.methods[subject] = m.methods(subject, n, &types)
				r.forbidden[subject] = m.options(subject)
				types = append(types, items(n.Type))
				if n.Contained {
					follow(items(n.Type), func(string) bool { return true })
				}
			}
		}
	}
	follow("microsoft.graph.user", func(property string) bool { return slices.Contains(properties, property) })
	r.types = closure(t, csdl, func(map[string]*element) []string { return types })
	return r
}

// methods returns the methods of a navigation property. It adds the types that
// operations need.
func (m metadata) methods(subject string, n navigation, types *[]string) map[string]bool {
	collection := n.Type != items(n.Type)
	list := map[string]bool{"Read": true}
	if n.Contained {
		list["Update"] = true
		list["Create"] = collection
		list["Delete"] = collection || n.Nullable != "false"
		for base := items(n.Type); base != ""; base = m.bases[base] {
			bound := m.operations[base]
			if collection {
				bound = append(slices.Clip(bound), m.operations["Collection("+base+")"]...)
			}
			for _, o := range bound {
				list[base+"."+o.signature()] = true
				*types = append(*types, items(o.Return.Type))
				for _, p := range o.Parameters[1:] {
					*types = append(*types, items(p.Type))
				}
			}
		}
	}
	maps.DeleteFunc(list, func(name string, has bool) bool { return !has || m.ruledOut[subject][name] })
	return list
}

// options returns the query options that a property rules out.
func (m metadata) options(subject string) string {
	var list []string
	for name := range m.ruledOut[subject] {
		if strings.HasPrefix(name, "$") {
			list = append(list, name)
		}
	}
	slices.Sort(list)
	return strings.Join(list, " ")
}

// changedMethods returns the differences between methods, in the form of changes.
func changedMethods(old, new *reached) (all []string) {
	for _, side := range []struct {
		a, b   *reached
		action string
	}{{old, new, "removed"}, {new, old, "added"}} {
		for subject, methods := range side.a.methods {
			others, both := side.b.methods[subject]
			if !both {
				all = append(all, "method "+side.action+" "+subject)
				continue
			}
			for method := range methods {
				if !others[method] {
					all = append(all, "method "+side.action+" "+subject)
				}
			}
		}
	}
	for subject, was := range old.declared {
		is, both := new.declared[subject]
		if both && was.Type != is.Type {
			all = append(all, "type changed "+subject+": "+was.Type+" → "+is.Type)
		}
		if both && was.description() != is.description() {
			all = append(all, "description changed "+subject)
		}
		if both && old.forbidden[subject] != new.forbidden[subject] {
			all = append(all, "query changed "+subject)
		}
	}
	return all
}
