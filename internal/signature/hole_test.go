package signature_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/signature"
)

// TestHole puts a hole in the place of each line of each sample in turn. What is lost may take a verdict away, or leave
// one that another had explained; it must not make one, for what rests on absence needs a log that was recording. Rules
// that say of an absence "as far as the log goes" are about the log.
func TestHole(t *testing.T) {
	for _, s := range signature.BuiltinSamples() {
		for _, c := range s.Cases {
			whole := confirmed(t, c)
			for i, l := range c.Logs {
				lines := strings.SplitAfter(strings.TrimSuffix(l.Text, "\n"), "\n")
				for n := range lines {
					if lines[n][0] < '0' || lines[n][0] > '9' {
						continue
					}
					holed := slices.Clone(lines)
					holed[n] = "gap\n"
					cut := c
					cut.Logs = slices.Clone(c.Logs)
					cut.Logs[i].Text = strings.Join(holed, "")
					for _, id := range confirmed(t, cut) {
						explained := slices.ContainsFunc(whole, func(w string) bool {
							return w == id || slices.Contains(signature.Default().Find(w).Supersedes(), id)
						})
						if match := signature.Default().Find(id).Match(); !explained && !asFarAsItGoes(match) {
							t.Errorf("%s/%s: without %q of the %s's log %s fires", s.ID, c.Name, lines[n], l.Name, id)
						}
					}
				}
			}
		}
	}
}

func asFarAsItGoes(t signature.Term) bool {
	return strings.Contains(t.Text.En, "as far as the log goes") || slices.ContainsFunc(t.Parts, asFarAsItGoes)
}

// confirmed lists the signatures that fire on a case.
func confirmed(t *testing.T, c signature.Case) []string {
	t.Helper()
	calls, devices, err := c.Read()
	if err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, j := range signature.Default().Judge(calls, devices).Calls {
		for i := range j.Findings {
			if !j.Findings[i].Lead {
				ids = append(ids, j.Findings[i].Signature.ID)
			}
		}
	}
	return ids
}
