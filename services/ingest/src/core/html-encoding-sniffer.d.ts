declare module 'html-encoding-sniffer' {
  /** Name of the encoding that the bytes declare, by the WHATWG's algorithm; the default where they declare none. */
  export default function sniffEncoding(
    bytes: Uint8Array,
    options?: { readonly transportLayerEncodingLabel?: string; readonly defaultEncoding?: string },
  ): string;
}
