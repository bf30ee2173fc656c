package signature

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/xlogscan/xlogscan/internal/extract"
)

// Advice is a part of what to do about a finding, for the versions within its bounds.
type Advice struct {
	Text
	AppliesTo Bounds // empty: whatever the version
}

// Remedy is what to do about a finding, in parts.
type Remedy []Advice

// Text returns the whole remedy, each part behind the versions it is for.
func (r Remedy) Text() Text {
	return r.fitting(nil)
}

// fitting returns the parts that fit the versions seen, as one text. A part for a version that is not seen stands
// behind its bounds.
func (r Remedy) fitting(seen []extract.Versions) Text {
	var en, zh []string
	for i := range r {
		part := r[i].Text
		switch fits, _ := r[i].AppliesTo.hold(seen); fits {
		case no:
			continue
		case unknown:
			cond := r[i].AppliesTo.words()
			part = Text{fmt.Sprintf("If %s: %s", cond.En, part.En), fmt.Sprintf("若%s：%s", cond.Zh, part.Zh)}
		}
		en, zh = append(en, part.En), append(zh, part.Zh)
	}
	return Text{strings.Join(en, " "), strings.Join(zh, "")}
}

// parseRemedy reads one text, or a list of texts of which each may have bounds.
func parseRemedy(n *yaml.Node) (Remedy, error) {
	list := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		list = n.Content
	}
	var r Remedy
	for _, p := range list {
		var a Advice
		readers := map[string]func(*yaml.Node) error{"en": decodeTo(&a.En), "zh": decodeTo(&a.Zh)}
		if n.Kind == yaml.SequenceNode {
			readers["applies_to"] = decodeTo(&a.AppliesTo)
		}
		if err := fields(p, readers); err != nil {
			return nil, err
		}
		if a.En == "" || a.Zh == "" {
			return nil, at(p, "remedy is missing in a language")
		}
		if err := a.AppliesTo.check(p); err != nil {
			return nil, err
		}
		r = append(r, a)
	}
	for i := range r {
		if len(r[i].AppliesTo) == 0 {
			return r, nil
		}
	}
	return nil, at(n, "remedy needs a text that is for all versions")
}
