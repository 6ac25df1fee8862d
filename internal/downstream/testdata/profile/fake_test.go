package profile

import (
	"bytes"
	"testing"

	"example.com/downstream/profile/graph"
	"example.com/downstream/profile/graph/fake"
)

// The program keeps a fake profile.
func TestFake(t *testing.T) {
	service := fake.NewService()
	client, err := graph.NewClient(nil, service.ClientOptions())
	if err != nil {
		t.Fatal(err)
	}
	for _, level := range []graph.SkillProficiencyLevel{graph.SkillProficiencyLevelElementary, graph.SkillProficiencyLevelExpert} {
		if err := Learn(t.Context(), client, "C#", level); err != nil {
			t.Error(err)
		}
	}
	n := 0
	for skill, err := range client.Me().Profile().Skills().All(t.Context(), nil) {
		if n++; err != nil || skill.Proficiency.Or("") != graph.SkillProficiencyLevelExpert {
			t.Error(skill, err)
		}
	}
	if n != 1 {
		t.Errorf("%d skills", n)
	}
	if err := service.Seed("/users/meg/profile", `{"names":[{"displayName":"Meg"}],"skills":[{"displayName":"C#"},{"displayName":"Go"},{"displayName":"F#"},{"displayName":"D"}]}`); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	for _, user := range []string{"meg", "lee"} {
		if err := Print(t.Context(), &out, client, user); err != nil {
			t.Error(err)
		}
	}
	if want := "Meg\n  C#\n  Go\n  F#\nnobody\n"; out.String() != want {
		t.Errorf("it prints %s", &out)
	}
	if err := service.Seed("/me/profile/projects", `{"id":"1"}`, `{"id":"2"}`); err != nil {
		t.Fatal(err)
	}
	for _, project := range []string{"1", "2"} {
		if err := Forget(t.Context(), client, project); err != nil {
			t.Error(err)
		}
	}
	out.Reset()
	if err := Print(t.Context(), &out, client, "me"); err != nil || out.String() != "nobody\n" {
		t.Errorf("it prints %s, %v", &out, err)
	}
}
