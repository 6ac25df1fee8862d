// Package profile keeps the profiles of people.
package profile

import (
	"context"
	"errors"
	"fmt"
	"io"

	"example.com/downstream/profile/graph"
	"example.com/downstream/profile/graph/odata"
)

// Learn adds a skill, or raises the level of the one that is there.
func Learn(ctx context.Context, client *graph.Client, name string, level graph.SkillProficiencyLevel) error {
	skills := client.Me().Profile().Skills()
	for skill, err := range skills.All(ctx, &graph.SkillProficiencyQuery{Filter: odata.Eq(graph.SkillProficiencyDisplayName, name)}) {
		if err != nil {
			return err
		}
		_, err := skills.ByID(skill.ID.Or("")).Update(ctx, &graph.SkillProficiency{Proficiency: odata.Of(level)}, &graph.Options{IfMatch: odata.ETag(skill)})
		return err
	}
	_, err := skills.Create(ctx, &graph.SkillProficiency{
		DisplayName: odata.Of(name), Proficiency: odata.Of(level), AllowedAudiences: odata.Of(graph.AllowedAudiencesOrganization),
	}, nil)
	return err
}

// Print prints the profile of a user.
func Print(ctx context.Context, out io.Writer, client *graph.Client, user string) error {
	profile, err := client.Users().ByID(user).Profile().Get(ctx, &graph.ProfileItemQuery{
		Expand: odata.ExpandAll(graph.ProfileSkills, &graph.SkillProficiencyQuery{
			Select: odata.Fields(graph.SkillProficiencyDisplayName), Top: 3,
		}).And(odata.ExpandAll(graph.ProfileNames, nil)),
	})
	if errors.Is(err, odata.ErrNotFound) {
		fmt.Fprintln(out, "nobody")
		return nil
	}
	if err != nil {
		return err
	}
	names, _ := odata.ExpandedList[graph.PersonName](profile, "names").Get()
	for _, name := range names {
		fmt.Fprintln(out, name.DisplayName.Or(""))
	}
	skills, _ := odata.ExpandedList[graph.SkillProficiency](profile, "skills").Get()
	for _, skill := range skills {
		fmt.Fprintln(out, " ", skill.DisplayName.Or(""))
	}
	return nil
}

// Forget removes a project, and all of the profile if that was the last one.
func Forget(ctx context.Context, client *graph.Client, project string) error {
	profile := client.Me().Profile()
	if err := profile.Projects().ByID(project).Delete(ctx, nil); err != nil {
		return err
	}
	n, err := profile.Projects().Count(ctx, nil)
	if err != nil || n > 0 {
		return err
	}
	return profile.Delete(ctx, nil)
}
