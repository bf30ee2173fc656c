package main

import (
	"fmt"
	"strings"

	"github.com/xlogscan/xlogscan/internal/logline"
)

// forms makes the table of docs/inputs.md.
func forms() string {
	var b strings.Builder
	b.WriteString("\n| form | example | told by | time | tested on |\n| --- | --- | --- | --- | --- |\n")
	for _, f := range logline.Forms() {
		var example []string
		for line := range strings.SplitSeq(strings.TrimRight(f.Example, "\n"), "\n") {
			line = strings.NewReplacer("|", `\|`, "\x1b", "␛").Replace(line)
			example = append(example, "`"+line+"`")
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s |\n", f.Name, strings.Join(example, "<br>"), f.Detected, f.Time.Parts(), f.Tested)
	}
	return b.String()
}
