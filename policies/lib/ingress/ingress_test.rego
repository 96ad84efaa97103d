package lib.ingress_test

import data.lib.ingress

test_wildcard_stands_for_one_label if {
	ingress.host_fits("*.contoso.com", "shop.contoso.com")
	ingress.host_fits("Shop.contoso.com", "shop.contoso.com")
	ingress.host_fits("*.contoso.com", "*.contoso.com")
	not ingress.host_fits("*.contoso.com", "a.shop.contoso.com")
	not ingress.host_fits("*.contoso.com", "contoso.com")
	not ingress.host_fits("shop.contoso.com", "*.contoso.com")
}

test_entry_without_hosts_covers_all if {
	ingress.covers({"secretName": "a"}, "x.y")
	ingress.covers({"hosts": []}, "x.y")
	not ingress.covers({"hosts": ["a.b"]}, "x.y")
}

test_class if {
	ingress.class_of({"spec": {"ingressClassName": "a"}}) == "a"
	ingress.class_of({"spec": {}, "metadata": {"annotations": {"kubernetes.io/ingress.class": "b"}}}) == "b"
	not ingress.class_of({"spec": {}})
}

test_annotated if {
	ingress.annotated({"metadata": {"annotations": {"a": "b"}}}, "a")
	not ingress.annotated({"metadata": {"annotations": {"a": ""}}}, "a")
	not ingress.annotated({"metadata": {}}, "a")
}

test_tls_entries if {
	ingress.tls_entries({"spec": {"tls": [{}]}}) == [{}]
	ingress.tls_entries({"spec": {"tls": null}}) == []
	ingress.tls_entries({}) == []
}
