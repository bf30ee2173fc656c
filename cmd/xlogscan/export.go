package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/report"
)

func (a *app) exportCommand() *cobra.Command {
	var (
		out    output
		format string
		red    redaction
	)
	tables := slices.DeleteFunc(slices.Clone(report.Formats), func(f report.Format) bool { return !f.Data || f.Files == nil })
	slices.Reverse(tables) // the last, parquet, is the default
	c := &cobra.Command{
		Use:   "export RESULT.json... -o DIR",
		Short: "Put saved results side by side as tables, for questions to many of them",
		Long: `export writes the tables of each result that scan -f json saved into a folder of
its own, DIR/result=NAME, where NAME is that of the file without .json. DuckDB,
Spark and others read all of them as one, with NAME as a column "result".

A result is added to a DIR that holds others. One that is there already is
replaced with --force: so NAME should say which night and which devices it is of.`,
		Example: `  xlogscan scan logs/2026-11-20 -f json -o nights/2026-11-20.json
  xlogscan export nights/2026-11-20.json -o lake
  xlogscan export nights/*.json -o lake --force
  duckdb -c "SELECT result, count(*) FROM 'lake/*/calls.parquet' GROUP BY ALL"`,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return nil
			}
			return usage("xlogscan export --help shows examples", "export needs a saved result")
		},
		RunE: func(c *cobra.Command, args []string) error {
			if out.stdout() {
				return usage("", "export makes a folder for each result: name the folder for them with -o DIR")
			}
			folders, err := out.partitions(args)
			if err != nil {
				return err
			}
			if err := red.load(); err != nil {
				return err
			}
			for i := range args {
				if err := c.Context().Err(); err != nil {
					return unfinished(err, "%d of %s exported", i, counted(len(args), "result"))
				}
				to := output{path: folders[i], force: out.force}
				if err := a.export(c.Context(), args[i], format, &to, red); err != nil {
					return err
				}
			}
			return nil
		},
	}
	f := c.Flags()
	f.SortFlags = false
	formatFlag(f, &format, tables...)
	f.StringVarP(&out.path, "output", "o", "", "write to the folder `DIR`, which is made if need be")
	f.BoolVar(&out.force, "force", false, "replace results that are in it")
	red.flags(f)
	return c
}

// export writes one result. The redaction is its own: of the next one other values are replaced.
func (a *app) export(ctx context.Context, name, format string, to *output, red redaction) error {
	how, err := to.as(format)
	if err != nil {
		return err
	}
	doc, err := a.readReport(name)
	if err != nil {
		return err
	}
	if doc, err = red.document(ctx, doc.In(a.languageOf(doc, "", how.Data))); err != nil {
		return err
	}
	if doc.Status == report.Empty {
		a.warnf("%s: the scan found nothing to analyse", name)
	}
	return a.render(to, &red, how, doc)
}

// partitions gives the folder of each result, and finds out before the work what would keep one from being written.
func (o *output) partitions(results []string) ([]string, error) {
	if err := os.Mkdir(o.path, 0o777); err != nil && !os.IsExist(err) {
		return nil, usage("", "output %s: %w", o.path, cause(err))
	}
	folders := make([]string, len(results))
	of := map[string]string{}
	for i, name := range results {
		if name == "-" {
			return nil, usage("save it to a file first", "export calls a result by its file, and standard input has no name")
		}
		folder := "result=" + partitionName(name)
		key := strings.ToLower(folder) // some file systems do not tell cases apart
		if of[key] != "" {
			return nil, usage("rename one: the name says in the lake which result it is", "%s and %s have one name", of[key], name)
		}
		of[key] = name
		folders[i] = filepath.Join(o.path, folder)
		if err := folderWritable(folders[i], o.force); err != nil {
			return nil, err
		}
	}
	return folders, nil
}

// partitionName is the name of a file as the value of a column in a path. Hive escapes in it what means something there,
// and readers undo that.
func partitionName(name string) string {
	base := filepath.Base(name)
	if stem := strings.TrimSuffix(base, ".json"); stem != "" {
		base = stem
	}
	var b strings.Builder
	for i := range len(base) {
		if c := base[i]; c < ' ' || c == 0x7f || strings.IndexByte("\"#%'*/:=?\\{}[]^", c) >= 0 {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}
