import normalizeUrl from 'normalize-url';

/** Parameters that say how a reader came to a page, and not which page it is. */
const TRACKING_PARAMETERS: readonly RegExp[] = [
  /^utm_\w+$/i,
  /^(fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|twclid|ttclid|yclid|igshid|igsh|mc_cid|mc_eid|vero_id|_hsenc|_hsmi|mkt_tok)$/i,
  /^(at_(medium|campaign|custom\d|link\w*|ptr_name|format|bbc_team))$/i,
  /^(ns_mchannel|ns_source|ns_campaign|ns_linkname|ns_fee|cmpid|ocid|ito|xtor|wt_mc|wt_zmc|ref_src|ref_url|fb_ref|fb_source)$/i,
  /^(ftag|s_cid|sr_share|smid|spm|_ga|_gl|pk_\w+|mtm_\w+|hootpostid)$/i,
];

/**
 * The one form of a page's address: host in lower case, default port, fragment, credentials and tracking parameters
 * cut, the rest of the parameters sorted. Undefined where it is no http or https URL.
 */
export function canonicalUrl(url: string): string | undefined {
  if (!/^https?:\/\//i.test(url)) return undefined;
  try {
    // Twice: on odd addresses a later step of the library leaves what an earlier one would have cut.
    return new URL(normalize(normalize(url))).href;
  } catch {
    return undefined;
  }
}

const normalize = (url: string): string =>
  normalizeUrl(url, {
    stripHash: true,
    stripWWW: false,
    removeTrailingSlash: false,
    // It would cut the slash at the end of a query too.
    removeSingleSlash: false,
    removeQueryParameters: TRACKING_PARAMETERS,
  });
