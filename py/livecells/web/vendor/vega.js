// Vega, Vega-Lite and Vega-Embed, with the expression interpreter that makes `unsafe-eval` needless.
export { default as embed } from "vega-embed";
export { expressionInterpreter } from "vega-interpreter";
export { read } from "vega";
