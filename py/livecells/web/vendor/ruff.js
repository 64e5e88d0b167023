// Ruff in WebAssembly. Its binary is a file of the runtime (runtime/bundle.py).
export { default as initialise, PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-web";
