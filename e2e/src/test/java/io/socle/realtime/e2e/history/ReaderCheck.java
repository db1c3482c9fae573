package io.socle.realtime.e2e.history;

/** What holds for one reader; told all of its events in order, then that there are no more. */
interface ReaderCheck {
    void add(int index, long nanos, Event.Reading event);

    void finish();
}
