package scan

import (
	"context"
	"fmt"

	"github.com/xlogscan/xlogscan/internal/source"
)

// readInput reads what one input holds: itself, or the files of an archive, of which those that are no logs are only
// counted.
func readInput(ctx context.Context, in source.Input, opt Options, crew *crew, bytes *meter) []*reading {
	var p pack
	walking := source.Walking{Limits: opt.Limits, Progress: bytes.of(in.Name)}
	found, err := source.Walk(ctx, in, walking, func(s *source.Stream) error {
		p.add(read(ctx, s, opt, crew))
		return nil
	})
	if err != nil {
		return nil // only the end of ctx
	}
	return p.close(in, found)
}

// pack is what an input comes to that may be an archive.
type pack struct {
	readings []*reading
	others   int // files that are no logs
}

func (p *pack) add(r *reading) {
	if r.foreign {
		p.others++
		return
	}
	p.readings = append(p.readings, r)
}

// close adds what is to be said of the archive as a whole, and of archives in it, as readings of their own.
func (p *pack) close(in source.Input, found *source.Found) []*reading {
	about := &reading{input: in, bytes: max(in.Size, 0)}
	logs := len(p.readings)
	of := map[string]*reading{in.Name: about}
	for _, r := range p.readings {
		of[r.input.Name] = r
	}
	under := func(name string) *reading {
		if of[name] == nil { // an archive in it
			of[name] = &reading{input: source.Input{Name: name, Size: -1}}
			p.readings = append(p.readings, of[name])
		}
		return of[name]
	}
	for _, problem := range found.Problems {
		under(problem.Path).failBy(problem.Err, "%s", problem.Reason)
	}
	for _, n := range found.Notes {
		under(n.Path).note("%s", n.Reason)
	}
	switch beside := p.beside(logs); {
	case !found.Archive:
	case logs == 0 && len(found.Problems) == 0:
		about.nothing("there is no log in this archive" + beside)
	case logs > 0 && p.others > 0:
		about.note("%s", beside)
	}
	if len(about.notes) > 0 {
		p.readings = append(p.readings, about)
	}
	return p.readings
}

// beside counts the files that are no logs.
func (p *pack) beside(logs int) string {
	switch {
	case p.others == 0:
		return ""
	case logs == 0:
		return ", which holds " + plural(p.others, "file")
	case p.others == 1:
		return "1 file in it, beside " + plural(logs, "log") + ", is no log"
	}
	return fmt.Sprintf("%d files in it, beside %s, are no logs", p.others, plural(logs, "log"))
}
