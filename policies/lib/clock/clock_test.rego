package lib.clock_test

import data.lib.clock

test_now if clock.now_ns == 1777593600000000000 with data.snapshot.now as "2026-05-01T00:00:00Z"

test_no_other_clock if not clock.now_ns

test_days if clock.days(2) == 172800000000000

test_days_and_instants if {
	clock.date_ns("2026-05-01") == 1777593600000000000
	clock.date_ns("2026-05-01T00:00:00Z") == 1777593600000000000
	clock.end_ns("2026-05-01") == clock.date_ns("2026-05-02")
	clock.end_ns("2026-05-01T08:00:00Z") == clock.date_ns("2026-05-01T08:00:00Z")
}

test_other_texts if {
	not clock.date_ns("soon")
	not clock.date_ns(20260501)
	not clock.end_ns(null)
}
