/** What one source of a page says (its JSON-LD, its Open Graph …), each field as it stands there, the best first. */
export interface SourceFacts {
  readonly authors?: readonly string[];
  readonly published?: readonly string[];
  readonly modified?: readonly string[];
  readonly sections?: readonly string[];
  readonly keywords?: readonly string[];
  readonly images?: readonly SourceImage[];
  /** What the source gives as the page's address. */
  readonly addresses?: readonly string[];
  readonly publishers?: readonly string[];
  readonly isPaywalled?: boolean | undefined;
  readonly descriptions?: readonly string[];
}

export interface SourceImage {
  readonly url: string;
  readonly caption?: string | undefined;
  readonly credit?: string | undefined;
}
