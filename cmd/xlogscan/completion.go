package main

import (
	"io"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

func (a *app) completionCommand() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion SHELL",
		Short: "Write a completion script for a shell",
		Long: `completion writes a script that lets a shell complete the commands, flags and
values of xlogscan. SHELL is bash, zsh, fish or powershell.`,
		Example: `  source <(xlogscan completion bash)
  xlogscan completion zsh > "${fpath[1]}/_xlogscan"
  xlogscan completion fish > ~/.config/fish/completions/xlogscan.fish
  xlogscan completion powershell | Out-String | Invoke-Expression`,
		ValidArgs: shells,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 1 && slices.Contains(shells, args[0]) {
				return nil
			}
			return usage(c.CommandPath()+" --help shows examples", "completion needs one of %s", strings.Join(shells, ", "))
		},
		RunE: func(c *cobra.Command, args []string) error {
			root := c.Root()
			write := map[string]func(io.Writer) error{
				"bash":       func(w io.Writer) error { return root.GenBashCompletionV2(w, true) },
				"zsh":        root.GenZshCompletion,
				"fish":       func(w io.Writer) error { return root.GenFishCompletion(w, true) },
				"powershell": root.GenPowerShellCompletionWithDesc,
			}
			return (&output{}).write(a.stdout, write[args[0]])
		},
	}
}
