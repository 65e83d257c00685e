package main

import (
	"container/heap"
	"sync"
	"time"

	"gvisor.dev/gvisor/pkg/tcpip"
)

// Clock is the stack's: it moves when it is told to, and fires its timers one by one, those of the
// same instant in the order in which they were set.
type Clock struct {
	mu     sync.Mutex
	now    time.Duration
	set    uint64
	timers timerHeap
}

type timer struct {
	clock *Clock
	at    time.Duration
	order uint64
	index int // -1 while it is not set
	fire  func()
}

// Now implements tcpip.Clock.
func (c *Clock) Now() time.Time { return time.Unix(0, 0).Add(c.elapsed()) }

// NowMonotonic implements tcpip.Clock.
func (c *Clock) NowMonotonic() tcpip.MonotonicTime {
	return tcpip.MonotonicTime{}.Add(c.elapsed())
}

// AfterFunc implements tcpip.Clock.
func (c *Clock) AfterFunc(d time.Duration, fire func()) tcpip.Timer {
	t := &timer{clock: c, index: -1, fire: fire}
	t.Reset(d)
	return t
}

// Reset implements tcpip.Timer.
func (t *timer) Reset(d time.Duration) {
	t.clock.mu.Lock()
	defer t.clock.mu.Unlock()
	t.remove()
	if d < 0 {
		d = 0
	}
	t.at = t.clock.now + d
	t.clock.set++
	t.order = t.clock.set
	heap.Push(&t.clock.timers, t)
}

// Stop implements tcpip.Timer.
func (t *timer) Stop() bool {
	t.clock.mu.Lock()
	defer t.clock.mu.Unlock()
	return t.remove()
}

func (t *timer) remove() bool {
	if t.index < 0 {
		return false
	}
	heap.Remove(&t.clock.timers, t.index)
	return true
}

func (c *Clock) elapsed() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

// Deadline tells how long it is until the next timer, and whether one is set.
func (c *Clock) Deadline() (time.Duration, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.timers) == 0 {
		return 0, false
	}
	return c.timers[0].at - c.now, true
}

// Advance moves the clock by d and calls settle after each timer, at the timer's instant.
func (c *Clock) Advance(d time.Duration, settle func()) {
	end := c.elapsed() + d
	for t := c.next(end); t != nil; t = c.next(end) {
		t.fire()
		settle()
	}
}

// next takes the first timer due up to end, or moves the clock there.
func (c *Clock) next(end time.Duration) *timer {
	c.mu.Lock()
	defer c.mu.Unlock()
	if len(c.timers) == 0 || c.timers[0].at > end {
		c.now = end
		return nil
	}
	t := heap.Pop(&c.timers).(*timer)
	c.now = t.at
	return t
}

// timerHeap implements heap.Interface; the first is due first.
type timerHeap []*timer

func (h timerHeap) Len() int { return len(h) }
func (h timerHeap) Less(i, j int) bool {
	return h[i].at < h[j].at || (h[i].at == h[j].at && h[i].order < h[j].order)
}
func (h timerHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].index, h[j].index = i, j
}
func (h *timerHeap) Push(x any) {
	t := x.(*timer)
	t.index = len(*h)
	*h = append(*h, t)
}
func (h *timerHeap) Pop() any {
	last := len(*h) - 1
	t := (*h)[last]
	*h = (*h)[:last]
	t.index = -1
	return t
}
