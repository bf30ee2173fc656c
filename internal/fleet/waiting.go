package fleet

import "time"

// wait is how long the log of the other party of a call may still come.
const wait = 7 * 24 * time.Hour

// Waiting tells apart, as of a day, the calls of which one party's logs are missing. No clock is asked: it is the day of
// the plan by which the logs were read.
type Waiting struct {
	AsOf    string `json:"asOf"`
	Pending int    `json:"pending"` // their logs may still come: the call is of the seven days up to that one
	Never   int    `json:"never"`   // they never came
}

// Waiting counts the calls of the set whose other logs are waited for at the end of a day, and those whose logs are not any more.
func (s *Set) Waiting(day time.Time) *Waiting {
	w := &Waiting{AsOf: day.Format(time.DateOnly)}
	oldest := day.AddDate(0, 0, 1).Add(-wait).Unix()
	for i := range s.records {
		switch r := &s.records[i]; {
		case r.both:
		case r.at >= oldest:
			w.Pending++
		default:
			w.Never++
		}
	}
	return w
}
