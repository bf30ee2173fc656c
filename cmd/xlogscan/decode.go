package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/source"
)

func (a *app) decodeCommand() *cobra.Command {
	var (
		keyFiles []string
		dir      string
		force    bool
		jobs     int
		bad      tolerance
		limits   limits
		store    storeFlags
		list     fileList
	)
	c := &cobra.Command{
		Use:   "decode FILE...",
		Short: "Write containers as text",
		Long: `decode writes the text of Mars xlog containers, one after another, in the order
given. It goes on past damage, and names damaged spans on standard error, with
offset and length. A file that is text already is copied. Of an archive, all in
it that may be a log is written, in the order in which it is stored.

The text is raw: whatever the log holds about people is in it. For text to
share, use xlogscan redact.`,
		Example: `  xlogscan decode WMPF_20261120.xlog > WMPF_20261120.txt
  xlogscan decode --key my.key -o text/ xlog/`,
		Args: orList(&list),
		RunE: func(c *cobra.Command, args []string) error {
			if err := validJobs(jobs); err != nil {
				return err
			}
			keys, err := a.readKeys(keyFiles)
			if err != nil {
				return err
			}
			objects, err := a.store(&store)
			if err != nil {
				return err
			}
			d := decoding{app: a, how: scan.Decoding{Keys: keys, Jobs: jobs, Limits: limits.Limits}, force: force, store: objects, bad: map[string]bool{}}
			named, err := list.paths(a, args)
			if err != nil {
				return err
			}
			inputs, err := d.find(c.Context(), named)
			if err != nil {
				return err
			}
			if dir == "" {
				err = d.toStdout(c.Context(), inputs)
			} else {
				err = d.toFolder(c.Context(), inputs, dir)
			}
			if err != nil {
				return err
			}
			return d.status(&bad, list.said(args))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVarP(&dir, "output", "o", "", "write NAME.txt for each log to the folder `DIR`, which is made if need be")
	f.BoolVar(&force, "force", false, "overwrite files in it")
	list.flags(f)
	keyFlag(f, &keyFiles)
	jobsFlag(f, &jobs)
	f.Var(&bad, "tolerate-bad", "`N` or N% of the inputs may be unreadable or damaged without exit status 3")
	limits.flags(f)
	store.flags(f)
	return c
}

// decoding is one run of decode.
type decoding struct {
	*app
	how     scan.Decoding
	force   bool
	store   source.Store
	bad     map[string]bool // names of inputs with a fatal problem
	told    bool            // that something was wrong with an input
	decoded int             // logs that gave some text
}

// status gives the exit of a run whose output is written.
func (d *decoding) status(bad *tolerance, args []string) error {
	switch {
	case d.decoded == 0:
		if !d.told {
			d.errorf("nothing to decode: there is no file in %s", strings.Join(args, ", "))
		}
		return exitWith(statusEmpty)
	case !bad.allows(len(d.bad), d.decoded+len(d.bad)):
		return exitWith(statusPartial)
	}
	return nil
}

// find gives the inputs argument by argument, for unlike a report, the text of two logs has the order it was asked for.
func (d *decoding) find(ctx context.Context, args []string) ([]source.Input, error) {
	var inputs []source.Input
	seen := map[string]bool{}
	for _, arg := range args {
		found, problems := source.Find(ctx, []string{arg}, source.Options{Stdin: d.stdin, Store: d.store})
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		for _, p := range problems {
			d.bad[p.Path], d.told = true, true
			d.errorf("%s", p)
		}
		for _, in := range found {
			if !seen[in.Name] {
				seen[in.Name] = true
				inputs = append(inputs, in)
			}
		}
	}
	return inputs, nil
}

func (d *decoding) toStdout(ctx context.Context, inputs []source.Input) error {
	var w io.Writer = d.stdout
	if _, ok := terminal(d.stdout); ok {
		w = &visible{w: d.stdout}
	}
	for i, in := range inputs {
		err := d.logs(ctx, in, func(_ source.Input, decode func(io.Writer) error) error { return decode(w) })
		if err != nil {
			return unfinished(cannotWrite("standard output", err), "%d of %s written whole", i, counted(len(inputs), "file"))
		}
	}
	return nil
}

func (d *decoding) toFolder(ctx context.Context, inputs []source.Input, dir string) error {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return usage("", "output %s: %w", dir, cause(err))
	}
	var given distinct
	names := textNames(dir, inputs, &given)
	for _, name := range names {
		if err := writable(name, d.force); err != nil {
			return err
		}
	}
	for i, in := range inputs {
		err := d.logs(ctx, in, func(log source.Input, decode func(io.Writer) error) error {
			name := names[i]
			if log.InArchive() {
				name = given.name(filepath.Join(dir, textName(&log)), ".txt")
			}
			return d.toFile(name, decode)
		})
		if err != nil {
			return unfinished(err, "%d of %s decoded to %s", i, counted(len(inputs), "file"), dir)
		}
	}
	return nil
}

// toFile writes a file, unless there is no text.
func (d *decoding) toFile(name string, decode func(io.Writer) error) error {
	if err := writable(name, d.force); err != nil { // before the work
		return err
	}
	before := d.decoded
	err := writeFile(name, d.force, asUmask, func(w io.Writer) error {
		if err := decode(w); err != nil {
			return err
		}
		if d.decoded == before {
			return errNoText
		}
		return nil
	})
	if errors.Is(err, errNoText) {
		return nil
	}
	return err
}

// errNoText keeps an input without text from getting a file.
var errNoText = errors.New("no text")

// logs visits the logs in an input, with what decodes one to a writer and says what of it could not be decoded. Its
// errors are those of visit and of ctx.
func (d *decoding) logs(ctx context.Context, in source.Input, visit func(log source.Input, decode func(io.Writer) error) error) error {
	if d.verbose {
		d.warnf("reading %s", in.Name)
	}
	problems, err := scan.Logs(ctx, in, d.how, func(l *scan.Log) error {
		return visit(l.Input, func(w io.Writer) error { return d.one(ctx, l, w) })
	})
	if err != nil {
		return err
	}
	d.tell(problems)
	return nil
}

// one decodes a log to w and says what could not be decoded.
func (d *decoding) one(ctx context.Context, l *scan.Log, w io.Writer) error {
	out := &counter{w: w}
	stats, err := l.Decode(ctx, out)
	if err != nil {
		return err
	}
	for _, s := range stats.Damage {
		d.warnf("%s: %s at offset %d, length %d: %s%s", l.Input.Name, s.Kind, s.Offset, s.Length, s.Reason, inventoryIn["en"].likely(&s))
	}
	d.tell(stats.Problems)
	if out.n > 0 {
		d.decoded++
	}
	return nil
}

// tell says what is wrong with inputs, and keeps which.
func (d *decoding) tell(problems []scan.Problem) {
	d.problems(problems)
	d.told = d.told || len(problems) > 0
	for _, p := range problems {
		if p.Fatal {
			d.bad[p.Input] = true
		}
	}
}

// counter counts what is written.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}
