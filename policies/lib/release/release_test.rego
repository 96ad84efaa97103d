package lib.release_test

import data.lib.release

test_unknown_is_newest if release.at_least("1.35")

test_compares_numbers if {
	release.at_least("1.9") with data.snapshot.kubernetesVersion as "v1.35.2"
	release.at_least("1.35") with data.snapshot.kubernetesVersion as "1.35"
	not release.at_least("1.35") with data.snapshot.kubernetesVersion as "1.34.9"
}
