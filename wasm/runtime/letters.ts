import { replaced_opa_unicode_to_lower, replaced_opa_unicode_to_upper } from './opa'

// `lower` and `upper` of OPA know the letters of Unicode 15, its runtime those of Unicode 12. Here are the pairs that came between.

export function opa_unicode_to_lower(letter: i32): i32 {
  const distance = distanceFrom(letter)
  return distance === 0 ? replaced_opa_unicode_to_lower(letter) : letter + distance
}

export function opa_unicode_to_upper(letter: i32): i32 {
  if (distanceFrom(letter - NEXT) === NEXT) return letter - NEXT
  if (distanceFrom(letter - VITHKUQI) === VITHKUQI) return letter - VITHKUQI
  if (distanceFrom(letter - GLAGOLITIC) === GLAGOLITIC) return letter - GLAGOLITIC
  return replaced_opa_unicode_to_upper(letter)
}

const NEXT = 1
const VITHKUQI = 0x27
const GLAGOLITIC = 0x30

/** How far the small letter stands behind a capital, or 0 for what is none of these. */
function distanceFrom(capital: i32): i32 {
  if (capital >= 0x10570 && capital <= 0x10595) {
    return capital === 0x1057b || capital === 0x1058b || capital === 0x10593 ? 0 : VITHKUQI
  }
  if (capital === 0x2c2f) return GLAGOLITIC
  const isNext =
    capital === 0xa7c0 ||
    capital === 0xa7c7 ||
    capital === 0xa7c9 ||
    capital === 0xa7d0 ||
    capital === 0xa7d6 ||
    capital === 0xa7d8 ||
    capital === 0xa7f5
  return isNext ? NEXT : 0
}
