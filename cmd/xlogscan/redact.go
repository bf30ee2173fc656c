package main

import (
	"archive/zip"
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
		flags   decodingFlags
		numbers redactMap
	)
	c := &cobra.Command{
		Use:   "redact FILE...",
		Short: "Replace personal data in logs and saved reports",
		Long: `redact writes a copy of each file in which pseudonyms such as sn#1 stand for
personal data, the same in all of them, and secrets are dropped. Room ids,
dates, versions, appIds and codes stay. Containers are decoded first.

A value that a key names in one line is replaced wherever it stands, in any
file of the same run. Files are read twice, so standard input cannot be used.

Of an archive the copy is a zip archive of the texts that are in it.`,
		Example: `  xlogscan redact device.log phone.log
  xlogscan redact -o share/ xlog/ --redact-map case-7.map`,
		Args: orList(&flags.list),
		RunE: func(c *cobra.Command, args []string) error {
			d, err := flags.decoding(a)
			if err != nil {
				return err
			}
			if err := numbers.load(); err != nil {
				return err
			}
			r := redacting{decoding: d}
			named, err := flags.list.paths(a, args)
			if err != nil {
				return err
			}
			inputs, err := r.inputs(c.Context(), named)
			if err != nil {
				return err
			}
			if err := r.run(c.Context(), inputs, flags.dir, &numbers); err != nil {
				return err
			}
			return r.status(&flags.bad, flags.list.said(args))
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringVarP(&flags.dir, "output", "o", "", "write to the folder `DIR`, which is made if need be, instead of beside each file")
	f.BoolVar(&flags.force, "force", false, "overwrite files that are there")
	numbers.flags(f)
	flags.flags(f)
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
	archives := make([]bool, len(inputs))
	var names []string
	err := numbers.update(ctx, func() (err error) {
		r.redactor = newRedactor(numbers.numbers)
		for i, in := range inputs {
			if archives[i], err = r.learn(ctx, in); err != nil {
				return cannotRedact(err)
			}
		}
		names, err = r.names(inputs, archives, dir)
		return err
	})
	if err != nil {
		return err
	}
	for i, in := range inputs {
		write := r.write
		if archives[i] {
			write = r.writeArchive
		}
		if err := write(ctx, in, names[i]); err != nil && !errors.Is(err, errNoText) {
			return unfinished(err, "%d of %s redacted", i, counted(len(inputs), "file"))
		}
	}
	if r.decoded > 0 {
		r.notef("%s", replaced(r.redactor.Counts()))
	}
	return nil
}

// learn reads an input for the first time, and reports whether it is an archive. What is wrong with it is told in the
// second.
func (r *redacting) learn(ctx context.Context, in source.Input) (archive bool, err error) {
	if err := r.redactor.LearnPath(in.Base()); err != nil {
		return false, err
	}
	_, err = scan.Logs(ctx, in, r.how, func(l *scan.Log) error {
		if l.Input.InArchive() {
			archive = true
			if err := r.redactor.LearnPath(memberPath(in, l.Input)); err != nil {
				return err
			}
		}
		chunks := redact.NewChunks(r.redactor.Learn)
		if _, err := l.Decode(ctx, chunks); err != nil {
			return err
		}
		return chunks.Close()
	})
	return archive, err
}

// memberPath is the path of a log within all archives in an input.
func memberPath(in, log source.Input) string {
	return strings.ReplaceAll(strings.TrimPrefix(log.Name, in.Name+"!"), "!", "/")
}

// write reads an input again and writes its redacted text, if no learnt value is in that any more.
func (r *redacting) write(ctx context.Context, in source.Input, name string) error {
	before := r.decoded
	return writeFile(name, r.force, asUmask, func(w io.Writer) error {
		err := r.logs(ctx, in, func(_ source.Input, decode func(io.Writer) error) error { return r.redacted(w, decode) })
		if err == nil && r.decoded == before {
			return errNoText
		}
		return err
	})
}

// writeArchive is write for an archive, of which it makes a zip archive.
func (r *redacting) writeArchive(ctx context.Context, in source.Input, name string) error {
	before := r.decoded
	return writeFile(name, r.force, asUmask, func(w io.Writer) error {
		z, given := zip.NewWriter(w), distinct{}
		err := r.logs(ctx, in, func(log source.Input, decode func(io.Writer) error) error {
			base, ext := textExt(r.redactor.Replace(memberPath(in, log)))
			return r.redacted(&zipEntry{z: z, name: given.name(base, ext)}, decode)
		})
		if err != nil {
			return err
		}
		if r.decoded == before {
			return errNoText
		}
		return z.Close()
	})
}

// zipEntry is a file of a zip archive that is made when something is written to it.
type zipEntry struct {
	z    *zip.Writer
	name string
	w    io.Writer
}

func (e *zipEntry) Write(p []byte) (n int, err error) {
	if e.w == nil {
		if e.w, err = e.z.Create(e.name); err != nil {
			return 0, err
		}
	}
	return e.w.Write(p)
}

// redacted writes the redacted text that decode gives.
func (r *redacting) redacted(w io.Writer, decode func(io.Writer) error) error {
	chunks := redact.NewChunks(func(text string) error {
		text = r.redactor.Replace(text)
		if kind := r.redactor.Survivor(text); kind != "" {
			return survived(kind)
		}
		_, err := io.WriteString(w, text)
		return err
	})
	if err := decode(chunks); err != nil {
		return err
	}
	return chunks.Close()
}

// names gives each input the name of its copy, NAME.redacted.EXT, in dir or beside it. Nothing is written before all
// can be.
func (r *redacting) names(inputs []source.Input, archives []bool, dir string) ([]string, error) {
	if dir != "" {
		if err := os.MkdirAll(dir, 0o777); err != nil {
			return nil, usage("", "output %s: %w", dir, cause(err))
		}
	}
	var given distinct
	names := make([]string, len(inputs))
	for i := range inputs {
		folder := dir
		if folder == "" && source.InStore(inputs[i].Name) {
			return nil, usage("name a folder with -o", "%s has no place beside it to write to", inputs[i].Name)
		}
		if folder == "" {
			folder = filepath.Dir(filepath.FromSlash(inputs[i].Name))
		}
		name := r.redactor.Replace(textName(&inputs[i]))
		base, ext := textExt(name)
		if archives[i] {
			name = trimPacked(name)
			base, ext = strings.TrimSuffix(name, path.Ext(name)), ".zip"
		}
		names[i] = given.name(filepath.Join(folder, base+".redacted"), ext)
		if err := writable(names[i], r.force); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// textExt splits a name into base and extension. A copy of a compressed file is not compressed, that of a container is text.
func textExt(name string) (base, ext string) {
	name = trimPacked(name)
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

// trimPacked takes the extension of a compressed file off a name.
func trimPacked(name string) string {
	switch ext := path.Ext(name); ext {
	case ".gz", ".bz2", ".xz", ".zst":
		return strings.TrimSuffix(name, ext)
	}
	return name
}
