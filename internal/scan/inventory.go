package scan

import (
	"cmp"
	"slices"
	"strings"

	"github.com/xlogscan/xlogscan/internal/report"
)

// inventory makes the part of the report that is about inputs and the tool.
func inventory(found *found, opt Options) *report.Report {
	rules := opt.catalogue()
	users := 0
	for _, s := range rules.Signatures {
		if s.Origin != "" {
			users++
		}
	}
	doc := &report.Report{
		Schema: report.Schema,
		Status: report.Complete,
		Lang:   cmp.Or(opt.Lang, "en"),
		Tool:   report.Tool{Version: opt.Version, Rules: report.Rules{Count: len(rules.Signatures), User: users, Hash: rules.Hash}},
	}
	all := found.tally()
	doc.Selection = all.selection(found.left, &opt)
	for _, r := range found.readings {
		doc.Inputs = append(doc.Inputs, r.document())
		doc.Damage = append(doc.Damage, r.damage...)
	}
	switch {
	case all.logs == 0:
		doc.Status = report.Empty
	case slices.ContainsFunc(found.problems, func(p Problem) bool { return p.Fatal }):
		doc.Status = report.Partial
	}
	return doc
}

func (r *reading) document() report.Input {
	in := report.Input{
		Name: r.input.Name, Kind: report.Known(r.kind), Bytes: r.bytes, Note: report.Known(strings.Join(r.notes, "; ")),
	}
	if a := r.account; a != nil {
		in.Account = a
		in.Blocks, in.DamagedBytes = a.Decoded.Blocks, a.Salvaged.Bytes+a.Lost.Bytes
		in.LockedBytes, in.LockedBlocks = a.Locked.Bytes, a.Locked.Blocks
		for _, o := range a.Opened {
			in.Keys = append(in.Keys, o.Key)
		}
	}
	if l := r.log; l != nil {
		in.Side = report.Known(string(l.Side))
		in.Lines, in.Events = l.Lines, len(l.Events)
		in.FirstTime, in.LastTime = report.At(l.First), report.At(l.Last)
		in.Versions = report.VersionsOf(l.Versions)
	}
	return in
}
