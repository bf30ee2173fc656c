package main

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// settings lists the values that flags of all commands have without the command line, and where each comes from. A flag
// that has the same value in every command that has it stands once.
func (a *app) settings(w io.Writer, root *cobra.Command) error {
	type row struct{ flag, value, from string }
	rows := map[string]map[row][]string{} // by flag: the commands that have the row
	var visit func(*cobra.Command)
	visit = func(c *cobra.Command) {
		each := func(f *pflag.Flag) {
			if slices.Contains(neverSet, f.Name) {
				return
			}
			values, from := a.resolve(c, f)
			if from == "" {
				values, from = []string{strings.Trim(f.DefValue, "[]")}, "default"
			}
			if rows[f.Name] == nil {
				rows[f.Name] = map[row][]string{}
			}
			r := row{f.Name, strings.Join(values, " "), from}
			rows[f.Name][r] = append(rows[f.Name][r], commandName(c))
		}
		c.LocalFlags().VisitAll(each)
		for _, sub := range c.Commands() {
			visit(sub)
		}
	}
	visit(root)
	var lines []string
	for _, of := range rows {
		for r, commands := range of {
			if len(of) == 1 {
				commands = []string{""}
			}
			for _, command := range commands {
				flag := strings.TrimSpace(command + " " + r.flag)
				lines = append(lines, flag+"\t"+cells.Visible(cmp.Or(r.value, "-"))+"\t"+cells.Visible(r.from))
			}
		}
	}
	if keys := a.getenv(keyFileEnv); keys != "" {
		lines = append(lines, "key\t"+cells.Visible(keys)+"\t"+keyFileEnv+", beside those of --key")
	}
	slices.Sort(lines)
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if _, err := fmt.Fprintf(t, "flag\tvalue\tfrom\n%s\n", strings.Join(lines, "\n")); err != nil {
		return err
	}
	return t.Flush()
}
