package lib.azure_range_test

import data.lib.azure

test_ranges if {
	azure.range("203.0.113.0/24") == "203.0.113.0/24"
	azure.range("203.0.113.7") == "203.0.113.7/32"
	azure.range("2001:db8::7") == "2001:db8::7/128"
	azure.range("2001:db8::/32") == "2001:db8::/32"
}

test_no_ranges[text] if {
	some text in ["office", "", "300.1.1.1", "10.0.0.0/33", "[parameters('office')]"]
	not azure.range(text)
}

test_everything[texts] if {
	some texts in [
		["0.0.0.0/0"],
		["203.0.113.0/24", "0.0.0.0/0"],
		["0.0.0.0/1", "128.0.0.0/1"],
		["0.0.0.0/1", "10.0.0.0/8", "128.0.0.0/2", "192.0.0.0/2", "0.0.0.0/1", "0.0.0.0/1"],
		["::/0"],
		["::/1", "8000::/1", "203.0.113.0/24"],
		["office", "0.0.0.0/0"],
	]
	azure.covers_all(texts)
}

test_not_everything[texts] if {
	some texts in [
		[],
		["203.0.113.0/24"],
		["0.0.0.0/1"],
		["0.0.0.0/1", "0.0.0.0/1"],
		["0.0.0.0/1", "1.2.3.4/1"],
		["0.0.0.0/32"],
		["8000::/1", "128.0.0.0/1"],
	]
	not azure.covers_all(texts)
}
