package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/xlogscan/xlogscan/internal/correlate"
	"github.com/xlogscan/xlogscan/internal/signature"
)

// writeSignatures writes a page for each rule of the program, and their table of contents.
func writeSignatures(t *testing.T, dir string) {
	t.Helper()
	rules, samples := signature.Default(), signature.BuiltinSamples()
	for _, s := range rules.Signatures {
		writeDoc(t, filepath.Join(dir, pageName(s)), []byte(signaturePage(rules, s, samplesOf(samples, s.ID))))
	}
	writeDoc(t, filepath.Join(dir, "README.md"), []byte(signatureIndex(rules)))
}

// signaturePage is the page that docs/signatures has of a rule: all of it in English, and what a reader of Chinese needs.
func signaturePage(rules *signature.Catalogue, s *signature.Signature, samples []signature.Sample) string {
	p := pageOf(rules, s, samples, "en")
	w := &ruleWords
	return p.markdown() + fmt.Sprintf("\n## %s\n\n**%s**：%s\n\n**%s**：%s\n", mdText(s.Title.Zh),
		w.means.Zh, mdText(s.Cause.Zh), w.todo.Zh, mdText(s.Remedy.Text().Zh))
}

// signatureIndex is the table of contents of docs/signatures.
func signatureIndex(rules *signature.Catalogue) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# Signatures\n\nThe %d rules that `xlogscan scan` judges calls by, in the order of the stages of a call. `xlogscan rules show ID`\n"+
		"shows the same pages. `make docs` writes them from internal/signature/catalogue.\n", len(rules.Signatures))
	stage := "none"
	for _, s := range byStage(rules.Signatures) {
		if of := closed(string(s.Stage), "en"); of != stage {
			stage = of
			fmt.Fprintf(&b, "\n## %s · %s\n\n| rule | severity | title | 标题 |\n|---|---|---|---|\n", stage, closed(string(s.Stage), "zh"))
		}
		fmt.Fprintf(&b, "| [%s](%s) | %s | %s | %s |\n", mdText(s.ID), pageName(s), s.Severity, mdText(s.Title.En), mdText(s.Title.Zh))
	}
	return b.String()
}

// pageName is the place of a rule's page in docs/signatures.
func pageName(s *signature.Signature) string {
	return closed(string(s.Stage), "en") + "/" + s.ID + ".md"
}

// byStage orders rules as a call goes: by stage, those of any stage last, and by id.
func byStage(rules []*signature.Signature) []*signature.Signature {
	order := func(s correlate.Stage) int {
		if s == "" {
			return len(signature.Stages)
		}
		return slices.Index(signature.Stages, s)
	}
	return slices.SortedFunc(slices.Values(rules), func(a, b *signature.Signature) int {
		return cmp.Or(cmp.Compare(order(a.Stage), order(b.Stage)), cmp.Compare(a.ID, b.ID))
	})
}
