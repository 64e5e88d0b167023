// No browser unpacks zstd by itself. The decoder is WebAssembly; this one unpacks whole files and streams.
export { ZSTDDecoder } from "zstddec/stream";
