"""From what a running cell sent to what a notebook keeps."""

from collections.abc import Iterable

from livecells.kernel.outputs import DisplayData, Emitted, Error, Output, UpdateDisplayData


def coalesce(emitted: Iterable[Emitted]) -> list[Output]:
    """Join neighbouring text of one stream, and put updates where they belong.

    How text was cut depends on the clock; how a display came to be is of no interest afterwards.
    """
    kept: list[Output] = []
    for output in emitted:
        if output["output_type"] == "clear_output":
            kept.clear()
        elif output["output_type"] == "update_display_data":
            _update(kept, output)
        elif output["output_type"] == "error":
            kept.append(_plain(output))
        elif not (kept and output["output_type"] == "stream" and _goes_on(kept, output)):
            kept.append(output)
    return kept


def _update(kept: list[Output], update: UpdateDisplayData) -> None:
    wanted = update["metadata"]["display_id"]
    for place, output in enumerate(kept):
        if output["output_type"] == "display_data" and _id_of(output) == wanted:
            kept[place] = {**output, "data": update["data"]}


def _plain(error: Error) -> Error:
    keys = ("output_type", "ename", "evalue", "traceback")
    return {key: error[key] for key in keys}  # type: ignore[return-value,literal-required]


def _id_of(output: DisplayData) -> object:
    return output["metadata"].get("display_id")


def _goes_on(kept: list[Output], output: Output) -> bool:
    before = kept[-1]
    if before["output_type"] != "stream" or output["output_type"] != "stream":
        return False
    if before["name"] != output["name"]:
        return False
    kept[-1] = {**before, "text": before["text"] + output["text"]}
    return True
