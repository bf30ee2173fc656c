package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/xlogscan/xlogscan/internal/redact"
	"github.com/xlogscan/xlogscan/internal/scan"
	"github.com/xlogscan/xlogscan/internal/source"
)

func (a *app) redactCommand() *cobra.Command {
	var (
		keyFiles []string
		dir      string
		force    bool
		jobs     int
		bad      tolerance
		numbers  redactMap
		list     fileList
	)
	c := &cobra.Command{
		Use:   "redact FILE...",
		Short: "Replace personal data in logs and saved reports",
		Long: `redact writes a copy of each file in which pseudonyms such as sn#1 stand for
personal data, the same in all of them, and secrets are dropped. Room ids,
dates, versions, appIds and codes stay. Containers are decoded first.

A value that a key names in one line is replaced wherever it stands, in any
file of the same run. Files are read twice, so standard input cannot be used.`,
		Example: `  xlogscan redact device.log phone.log
  xlogscan redact -o share/ xlog/ --redact-map case-7.map`,
		Args: orList(&list),
		RunE: func(c *cobra.Command, args []string) error {
			if err := validJobs(jobs); err != nil {
				return err
			}
			keys, err := a.readKeys(keyFiles)
			if err != nil {
				return err
			}
			if err := numbers.load(); err != nil {
				return err
			}
			r := redacting{
				decoding: decoding{app: a, keys: keys, jobs: jobs, force: force, bad: map[string]bool{}},
				redactor: newRedactor(numbers.numbers),
			}
			named, err := list.paths(a, args)
			if err != nil {
				return err
			}
			inputs, err := r.inputs(c.Context(), named)
			if err != nil {
				return err
			}
			if err := r.run(c.Context(), inputs, dir, &numbers); err != nil {
				return err
			}
			return r.status(&bad, list.said(args))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVarP(&dir, "output", "o", "", "write to the folder `DIR`, which is made if need be, instead of beside each file")
	f.BoolVar(&force, "force", false, "overwrite files that are there")
	numbers.flags(f)
	list.flags(f)
	f.StringArrayVar(&keyFiles, "key", nil, "private key `FILE` of encrypted logs, or a folder of them (repeatable)")
	jobsFlag(f, &jobs)
	f.Var(&bad, "tolerate-bad", "`N` or N% of the inputs may be unreadable or damaged without exit status 3")
	return c
}

// redacting is one run of redact.
type redacting struct {
	decoding
	redactor *redact.Redactor
}

// inputs finds the files, which have to be readable twice.
func (r *redacting) inputs(ctx context.Context, args []string) ([]source.Input, error) {
	inputs, err := r.find(ctx, args)
	if err != nil {
		return nil, err
	}
	for _, in := range inputs {
		if in.Size < 0 {
			return nil, usage("save it to a file first", "redact reads its files twice, and %s can be read once", in.Name)
		}
	}
	return inputs, nil
}

// run reads all inputs for what has to be replaced, and then writes them.
func (r *redacting) run(ctx context.Context, inputs []source.Input, dir string, numbers *redactMap) error {
	for _, in := range inputs {
		if err := r.learn(ctx, in); err != nil {
			return cannotRedact(err)
		}
	}
	names, err := r.names(inputs, dir)
	if err != nil {
		return err
	}
	if err := numbers.save(); err != nil {
		return err
	}
	for i, in := range inputs {
		if err := r.write(ctx, in, names[i]); err != nil && !errors.Is(err, errNoText) {
			return unfinished(err, "%d of %s redacted", i, counted(len(inputs), "file"))
		}
	}
	if r.decoded > 0 {
		r.warnf("%s", replaced(r.redactor.Counts()))
	}
	return nil
}

// learn reads an input for the first time. What is wrong with it is told in the second.
func (r *redacting) learn(ctx context.Context, in source.Input) error {
	if err := r.redactor.LearnPath(path.Base(in.Name)); err != nil {
		return err
	}
	chunks := redact.NewChunks(r.redactor.Learn)
	if _, err := scan.Decode(ctx, in, r.keys, r.jobs, chunks); err != nil {
		return err
	}
	return chunks.Close()
}

// write reads an input again and writes its redacted text, if no learnt value is in that any more.
func (r *redacting) write(ctx context.Context, in source.Input, name string) error {
	before := r.decoded
	return writeFile(name, r.force, asUmask, func(w io.Writer) error {
		chunks := redact.NewChunks(func(text string) error {
			text = r.redactor.Replace(text)
			if kind := r.redactor.Survivor(text); kind != "" {
				return survived(kind)
			}
			_, err := io.WriteString(w, text)
			return err
		})
		if err := r.one(ctx, in, chunks); err != nil {
			return err
		}
		if r.decoded == before {
			return errNoText
		}
		return chunks.Close()
	})
}

// names gives each input the name of its copy, NAME.redacted.EXT, in dir or beside it. Nothing is written before all
// can be.
func (r *redacting) names(inputs []source.Input, dir string) ([]string, error) {
	if dir != "" {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, usage("", "output %s: %w", dir, cause(err))
		}
	}
	names := distinctNames(inputs, func(in source.Input) (string, string) {
		folder := dir
		if folder == "" {
			folder = filepath.Dir(filepath.FromSlash(in.Name))
		}
		base, ext := textExt(r.redactor.Replace(textName(in.Name)))
		return filepath.Join(folder, base+".redacted"), ext
	})
	for _, name := range names {
		if err := writable(name, r.force); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// textExt splits a name into base and extension. A copy of a gzip file is not compressed, that of a container is text.
func textExt(name string) (base, ext string) {
	name = strings.TrimSuffix(name, ".gz")
	ext = path.Ext(name)
	base = strings.TrimSuffix(name, ext)
	switch strings.ToLower(ext) {
	case ".txt", ".log", ".json", ".ndjson", ".md", ".html", ".csv":
		return base, ext
	case ".xlog":
		return base, ".txt"
	}
	return name, ".txt"
}
