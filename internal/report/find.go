package report

import (
	"strings"

	"github.com/xlogscan/xlogscan/internal/report/cells"
)

// Rooms returns for each call what Select takes for it: the shortest end of its id that tells it from the others, visible.
func (r *Report) Rooms() []string {
	ids := make([]string, len(r.Calls))
	for i := range r.Calls {
		ids[i] = r.Calls[i].ID
	}
	for i, short := range shortIDs(ids) {
		ids[i] = cells.Visible(strings.TrimPrefix(short, "…"))
	}
	return ids
}
