package main

import (
	"errors"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// choice is a flag with a fixed set of values.
type choice struct {
	value   *string
	allowed []string
}

func (c choice) String() string {
	if c.value == nil { // pflag asks the zero value
		return ""
	}
	return *c.value
}

func (c choice) Type() string { return "word" }

func (c choice) Set(s string) error {
	if !slices.Contains(c.allowed, s) {
		return errors.New("must be one of " + strings.Join(c.allowed, ", "))
	}
	*c.value = s
	return nil
}

// choiceVar defines a flag of which allowed lists the values.
func choiceVar(f *pflag.FlagSet, p *string, name, value string, allowed []string, help string) {
	choiceVarP(f, p, name, "", value, allowed, help)
}

func choiceVarP(f *pflag.FlagSet, p *string, name, short, value string, allowed []string, help string) {
	*p = value
	f.VarP(choice{p, allowed}, name, short, help)
}

// completeChoices offers the values of all flags that are choices to the shell.
func completeChoices(c *cobra.Command) {
	offer := func(f *pflag.Flag) {
		if v, ok := f.Value.(choice); ok {
			_ = c.RegisterFlagCompletionFunc(f.Name, cobra.FixedCompletions(v.allowed, cobra.ShellCompDirectiveNoFileComp))
		}
	}
	c.Flags().VisitAll(offer)
	c.PersistentFlags().VisitAll(offer)
	for _, sub := range c.Commands() {
		completeChoices(sub)
	}
}
