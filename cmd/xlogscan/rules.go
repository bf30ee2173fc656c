package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/xlogscan/xlogscan/internal/signature"
)

func (a *app) rulesCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "rules",
		Short: "List, explain and check the rules that calls are judged by",
		Long: `rules works on the catalogue of signatures: the rules by which scan judges
calls. A folder of your own with files ID.yaml, and their samples ID.txtar
beside them, adds to the catalogue with --rules; docs/design.md describes the
format, docs/rule.schema.json makes editors check it.`,
		Example: `  xlogscan rules list --stage join
  xlogscan rules show alert-delayed
  xlogscan rules explain alert-delayed xlog/ --room 1000000000000000001`,
		Args: noCommand(func(arg string) string {
			if signature.Default().Find(arg) != nil {
				return "to read about it, use xlogscan rules show " + arg
			}
			return ""
		}),
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.rulesListCommand(), a.rulesShowCommand(), a.rulesLintCommand(), a.rulesTestCommand(), a.rulesExplainCommand())
	return c
}

// ruleFlags say which rules there are, and with which parameters.
type ruleFlags struct{ dirs []string }

func (r *ruleFlags) flags(f *pflag.FlagSet) {
	f.StringArrayVar(&r.dirs, "rules", nil, "add the rules in folder `DIR`, or put them in the place of those of the same id (repeatable)")
}

// catalogue gives the program's own rules with those of the user's folders, the later ones first, and params set.
func (r *ruleFlags) catalogue(params []param) (*signature.Catalogue, error) {
	rules := signature.Default()
	for _, dir := range r.dirs {
		if err := isFolder(dir); err != nil {
			return nil, err
		}
		with, err := rules.With(os.DirFS(dir), dir)
		if err != nil {
			return nil, usage("xlogscan rules lint "+dir+" lists all errors", "%w", inFolder(dir, err))
		}
		rules = with
	}
	return withParams(rules, params)
}

// isFolder finds out whether there is a folder of rules at dir.
func isFolder(dir string) error {
	info, err := os.Stat(dir)
	if err != nil {
		return usage("", "rules %s: %w", dir, cause(err))
	}
	if !info.IsDir() {
		return usage("", "rules %s is no folder", dir)
	}
	return nil
}

// inFolder puts the folder before the name of the rule file that an error begins with, so that editors find the place.
func inFolder(dir string, err error) error {
	return fmt.Errorf("%s%c%w", filepath.Clean(dir), filepath.Separator, err)
}

// picked gives the rules of those ids, in that order; all of them without ids.
func picked(rules *signature.Catalogue, ids []string) ([]*signature.Signature, error) {
	if len(ids) == 0 {
		return rules.Signatures, nil
	}
	var list []*signature.Signature
	for _, id := range ids {
		s := rules.Find(id)
		if s == nil {
			return nil, usage("xlogscan rules list shows the ids", "no signature is called %q", id)
		}
		if !slices.Contains(list, s) {
			list = append(list, s)
		}
	}
	return list, nil
}

// completeRules offers the ids of the program's own rules to the shell.
func completeRules(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
	var ids []string
	for _, s := range signature.Default().Signatures {
		ids = append(ids, cobra.CompletionWithDesc(s.ID, s.Title.En))
	}
	return ids, cobra.ShellCompDirectiveNoFileComp
}
