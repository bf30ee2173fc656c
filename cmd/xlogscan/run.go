package main

import (
	"cmp"
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"
)

// app is what all commands share: the streams and the flags about how to talk to the user.
type app struct {
	stdin  io.Reader
	stdout *result
	stderr io.Writer
	getenv func(string) string
	random io.Reader        // fit for keys
	now    func() time.Time // for times that flags count from, and for what is told of a run: log lines and metrics
	bar    *bar

	metrics metrics
	atEnd   []func() // is called behind all that may read a result

	quiet, verbose bool
	ascii          bool
	color          string
	progress       string
	logFormat      string

	config string  // file to read instead of those of the system, the user and the folder, or none
	layers []layer // of the configuration, the later ones win
	params []param // of rules, as the layers set them
}

// run is the program: it does what args say and gives the exit status. It reads and writes nothing but the streams,
// the files that args and XLOGSCAN_KEY_FILE name, the devices that pull asks for, and the object store of s3:// paths, for
// which the profiles and roles of the AWS tools sign.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, getenv func(string) string) (status int) {
	a := &app{
		stdin: &interruptible{ctx: ctx, r: stdin}, stdout: &result{w: stdout}, stderr: stderr, getenv: getenv, random: rand.Reader, bar: &bar{},
		now: time.Now, //nolint:forbidigo // the one clock, see the field
	}
	defer func() {
		for _, f := range a.atEnd {
			f()
		}
	}()
	defer func() {
		if p := recover(); p != nil {
			status = a.measured(a.crashed(p, debug.Stack()))
		}
	}()
	a.metrics.begun = a.now()
	root := a.root()
	a.logFormat = firstLogFormat(args, getenv)
	root.SetArgs(append([]string{}, args...)) // cobra takes os.Args for nil
	root.SetOut(a.stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	a.bar.clear()
	return a.measured(a.finish(ctx, err))
}

func (a *app) root() *cobra.Command {
	c := &cobra.Command{
		Use:   "xlogscan",
		Short: "Find out from logs why WeChat VoIP calls between devices and phones failed",
		Long: `xlogscan reads the logs of both parties of WeChat VoIP calls, joins them into
calls, and says for each call in which stage it ended, why, and on what
evidence.`,
		Example: `  xlogscan scan device/ phone.log
  xlogscan scan device/ phone.log -f md -o report.md
  xlogscan decode --key my.key WMPF_20261120.xlog`,
		Args:                  noCommand(isFile),
		RunE:                  func(c *cobra.Command, _ []string) error { return c.Help() },
		PersistentPreRunE:     a.configure,
		SilenceErrors:         true,
		SilenceUsage:          true,
		DisableAutoGenTag:     true,
		DisableFlagsInUseLine: true,
	}
	c.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return usage(c.CommandPath()+" --help lists the flags", "%w", err)
	})
	c.SetHelpCommand(a.helpCommand())
	c.SetUsageTemplate(strings.ReplaceAll(c.UsageTemplate(), "Flags.FlagUsages", fmt.Sprintf("Flags.FlagUsagesWrapped %d", minWidth)))

	f := c.PersistentFlags()
	f.SortFlags = false
	f.BoolVarP(&a.quiet, "quiet", "q", false, "say nothing on standard error but errors")
	f.BoolVarP(&a.verbose, "verbose", "v", false, "name each input as it is read; write all of the report in place of its summary, and fold nothing")
	choiceVar(f, &a.color, "color", "auto", []string{"auto", "always", "never"}, "`WHEN` to use colour: auto, always or never; auto is on a terminal, without NO_COLOR")
	f.BoolVar(&a.ascii, "ascii", false, "draw with ASCII characters only")
	choiceVar(f, &a.progress, "progress", "auto", []string{"auto", "never"}, "`WHEN` to show progress: auto or never; auto is on a terminal")
	choiceVar(f, &a.logFormat, "log-format", logText, logFormats, "`FORM` of what is said on standard error: text, or json, an object a line")
	f.StringVar(&a.config, "config", "", "read `FILE` instead of the configuration files of the system, the user and the folder; none reads none")

	c.AddCommand(a.scanCommand(), a.pullCommand(), a.reportCommand(), a.exportCommand(), a.infoCommand(), a.callsCommand(), a.showCommand(), a.decodeCommand(), a.redactCommand(), a.rulesCommand(), a.planCommand(), a.workerCommand(), a.mergeCommand(), a.fleetCommand(), a.keygenCommand(), a.versionCommand(), a.completionCommand())
	completeChoices(c)
	return c
}

// noCommand is asked about what stands where a command should. Where none is near, other may have a hint, "" for none.
func noCommand(other func(arg string) string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		if len(args) == 0 {
			return nil
		}
		name, of := "", ""
		if c.HasParent() {
			name, of = c.Name()+" ", " of "+c.Name()
		}
		c.SuggestionsMinimumDistance = 2
		hint := ""
		if near := c.SuggestionsFor(args[0]); len(near) > 0 {
			hint = "the nearest command is " + name + near[0]
		} else if other != nil {
			hint = other(args[0])
		}
		return usage(cmp.Or(hint, c.CommandPath()+" --help lists the commands"), "unknown command %q%s", args[0], of)
	}
}

// isFile is a hint for the name of a file.
func isFile(name string) string {
	if _, err := os.Stat(name); err != nil {
		return ""
	}
	return "to analyse it, use xlogscan scan " + name
}

// helpCommand differs from cobra's in what it says of an unknown command.
func (a *app) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Show the help of a command",
		RunE: func(c *cobra.Command, args []string) error {
			about, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return usage("xlogscan --help lists the commands", "no help for %q", args[len(args)-1])
			}
			about.InitDefaultHelpFlag() // cobra adds it only to what it runs
			return about.Help()
		},
	}
}

// paths asks for at least one argument.
func paths(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return nil
	}
	return usage(c.CommandPath()+" --help shows examples", "%s needs a file or a folder", c.Name())
}

// noArguments is for commands that take none.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usage("", "%s takes no argument, got %q", c.Name(), args[0])
}
