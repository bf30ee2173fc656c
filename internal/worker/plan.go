package worker

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/xlogscan/xlogscan/internal/source"
)

// PlanSchema names the version of plans.
const PlanSchema = "xlogscan.plan/v1"

// PlanHead is the first line of a plan.
type PlanHead struct {
	Schema     string `json:"schema"`
	Generation string `json:"generation"` // later ones are greater as texts
	Date       string `json:"date"`       // of the newest input, one of an earlier plan too, as YYYY-MM-DD
	Tasks      int    `json:"tasks"`
	Inputs     int    `json:"inputs"`
	Bytes      int64  `json:"bytes"`
}

// Task is any other line: inputs for one run of Map.
type Task struct {
	Task   int     `json:"task"` // from 1
	Bytes  int64   `json:"bytes"`
	Inputs []Input `json:"inputs"`
}

// Input is an input of a task. One that has changed is another.
type Input struct {
	Name     string `json:"name"`
	Bytes    int64  `json:"bytes"`
	Modified string `json:"modified"` // RFC 3339
}

// Done are inputs that earlier plans hold.
type Done map[Input]bool

// Read adds the inputs of a plan.
func (d Done) Read(r io.Reader) error {
	in := json.NewDecoder(bufio.NewReader(r))
	var head PlanHead
	if err := in.Decode(&head); err != nil || head.Schema != PlanSchema {
		return fmt.Errorf("no plan: it does not begin with the schema %s", PlanSchema)
	}
	for {
		var t Task
		switch err := in.Decode(&t); {
		case errors.Is(err, io.EOF):
			return nil
		case err != nil:
			return fmt.Errorf("no plan: %w", err)
		}
		for _, i := range t.Inputs {
			d[i] = true
		}
	}
}

// Plan packs inputs, in their order, into tasks of about so many bytes, one input at least, and writes the plan. Without a
// generation it gives one by the date of the newest input and the inputs; without a date, that one is the date.
func Plan(inputs []source.Input, done Done, size int64, generation, date string, w io.Writer) (PlanHead, error) {
	head := PlanHead{Schema: PlanSchema, Generation: generation, Date: date}
	var tasks []Task
	var newest time.Time
	sum := sha256.New()
	for i := range inputs {
		if inputs[i].ModTime.After(newest) {
			newest = inputs[i].ModTime
		}
		in := Input{inputs[i].Name, inputs[i].Size, inputs[i].ModTime.UTC().Format(time.RFC3339Nano)}
		if done[in] {
			continue
		}
		_, _ = fmt.Fprintln(sum, in) // a hash takes everything
		n := len(tasks) - 1
		if n < 0 || tasks[n].Bytes+max(in.Bytes, 0) > size {
			tasks = append(tasks, Task{Task: n + 2})
			n++
		}
		tasks[n].Inputs, tasks[n].Bytes = append(tasks[n].Inputs, in), tasks[n].Bytes+max(in.Bytes, 0)
		head.Inputs, head.Bytes = head.Inputs+1, head.Bytes+max(in.Bytes, 0)
	}
	head.Tasks = len(tasks)
	if head.Date == "" {
		head.Date = newest.UTC().Format(time.DateOnly)
	}
	if head.Generation == "" {
		head.Generation = head.Date + "-" + hex.EncodeToString(sum.Sum(nil)[:4])
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(head)
	for i := 0; i < len(tasks) && err == nil; i++ {
		err = e.Encode(tasks[i])
	}
	if err == nil {
		_, err = w.Write(b.Bytes())
	}
	return head, err
}
