package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	// Without this, a write to a closed standard output ends the program before it can clean up.
	signal.Ignore(syscall.SIGPIPE)
	collectLate()
	ctx := withSignals(context.Background(), os.Interrupt, syscall.SIGTERM)
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv))
}

// withSignals ends the context at the first signal, with an [interrupted] as its cause. A second signal ends the program.
func withSignals(parent context.Context, signals ...os.Signal) context.Context {
	ctx, cancel := context.WithCancelCause(parent)
	c := make(chan os.Signal, 1)
	signal.Notify(c, signals...)
	go func() {
		s := <-c
		signal.Stop(c)
		cancel(interrupted{s})
	}()
	return ctx
}
