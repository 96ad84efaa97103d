package lib.image_test

import data.lib.image

test_parse if {
	cases := {
		"nginx": ["docker.io", "library/nginx", "", ""],
		"nginx:1.27": ["docker.io", "library/nginx", "1.27", ""],
		"bitnami/redis": ["docker.io", "bitnami/redis", "", ""],
		"docker.io/nginx": ["docker.io", "library/nginx", "", ""],
		"index.docker.io/bitnami/redis:7": ["docker.io", "bitnami/redis", "7", ""],
		"registry:5000/app": ["registry:5000", "app", "", ""],
		"localhost/app:dev": ["localhost", "app", "dev", ""],
		"Contoso.azurecr.io/shop/web:2.1@sha256:ab": ["contoso.azurecr.io", "shop/web", "2.1", "sha256:ab"],
		"mcr.microsoft.com/oss/x@sha256:ab": ["mcr.microsoft.com", "oss/x", "", "sha256:ab"],
	}
	every reference, parts in cases {
		parsed := image.parse(reference)
		[parsed.registry, parsed.repository, parsed.tag, parsed.digest] == parts
	}
}

test_no_reference if {
	not image.parse("")
	not image.parse(":latest")
	not image.parse(5)
}

test_listed if {
	image.listed("a/b:1", ["x", "a/b:1"])
	image.listed("a/b:1", ["a/*"])
	not image.listed("a/b:1", ["a/b"])
	not image.listed("a/b:1", [])
}

test_fits if {
	_fits("contoso.azurecr.io/shop/web:1", "*.azurecr.io/*")
	_fits("mcr.microsoft.com/oss/nginx", "mcr.microsoft.com/*")
	_fits("mcr.microsoft.com/oss/nginx", "mcr.microsoft.com")
	_fits("nginx", "docker.io/library/nginx")
	_fits("contoso.azurecr.io/shop/web:1", "contoso.azurecr.io/shop/*")
	_fits("contoso.azurecr.io/a/base/b", "contoso.azurecr.io/*/base/*")
}

test_fits_is_not_fooled if {
	not _fits("evilazurecr.io/web", "*.azurecr.io/*")
	not _fits("contoso.azurecr.io.evil.com/web", "*.azurecr.io/*")
	not _fits("contoso.azurecr.io.evil.com/web", "contoso.azurecr.io/*")
	not _fits("azurecr.io/web", "*.azurecr.io/*")
	not _fits("contoso.azurecr.io/shopping", "contoso.azurecr.io/shop")
	not _fits("nginx", "mcr.microsoft.com/*")
}

_fits(reference, pattern) if image.fits(image.parse(reference), pattern)
