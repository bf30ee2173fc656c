package source

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// someStore holds what it is given, by path.
type someStore map[string][]string

func (s someStore) Find(_ context.Context, path string, take func(Input)) error {
	for _, name := range s[path] {
		take(Input{Name: name})
	}
	if s[path] == nil {
		return &StoreError{Text: "it is not there", Err: errors.New("cause")}
	}
	return nil
}

func TestObjects(t *testing.T) {
	store := someStore{"s3://b/x": {"s3://b/x/2", "s3://b/x/1"}, "s3://b/x/1": {"s3://b/x/1"}}
	inputs, problems := Find(t.Context(), []string{"s3://b/x", "s3://b/x/1", "s3://b/y"}, Options{Store: store})
	var names []string
	for _, in := range inputs {
		names = append(names, in.Name)
	}
	if got := strings.Join(names, " "); got != "s3://b/x/1 s3://b/x/2" {
		t.Errorf("found %s", got)
	}
	if len(problems) != 1 || problems[0].Error() != "s3://b/y: it is not there" || !FromStore(problems[0]) {
		t.Errorf("problems %v", problems)
	}
	if _, problems := Find(t.Context(), []string{"s3://b/x"}, Options{}); len(problems) != 1 || FromStore(problems[0]) {
		t.Errorf("without a store: %v", problems)
	}
}
