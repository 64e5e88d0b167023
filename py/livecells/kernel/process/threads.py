"""Threads where a browser gives none: a target runs to its end when its thread is started."""

import threading
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import Any

from livecells.kernel.process.imports import after_import


def run_at_start() -> None:
    """Let threads, and pools of them, do their work at once."""
    vars(threading)["_start_joinable_thread"] = _start
    threading.Condition.wait = _waiting(threading.Condition.wait)  # type: ignore[method-assign]
    after_import("concurrent.futures.thread", _patch_executor)
    after_import("multiprocessing.pool", _patch_pool)


def _start(function: Any, **_: Any) -> None:
    """Do what a thread would do, as that thread; `function` is its method."""
    main, known = threading.current_thread(), vars(threading)
    try:
        function()
    finally:
        known["_active"][threading.get_ident()] = main
        done = function.__self__._os_thread_handle = known["_make_thread_handle"](0)
        done._set_done()


def _waiting(wait: Callable[..., bool]) -> Callable[..., bool]:
    def wait_or_refuse(self: Any, timeout: float | None = None) -> bool:
        if timeout is None:
            msg = (
                "nothing can end this wait: Python in a browser has no threads, and a thread's "
                "target runs when it is started. Put in what it needs before that"
            )
            raise RuntimeError(msg)
        return wait(self, timeout)

    return wait_or_refuse


def _patch_executor(module: ModuleType) -> None:
    def submit(self: Any, function: Callable[..., Any], /, *given: Any, **named: Any) -> Any:
        if self._shutdown:
            msg = "cannot schedule new futures after shutdown"
            raise RuntimeError(msg)
        future = module._base.Future()
        future.set_running_or_notify_cancel()
        try:
            future.set_result(function(*given, **named))
        except Exception as error:  # the caller gets it from the future
            future.set_exception(error)
        return future

    module.ThreadPoolExecutor.submit = submit


class Pool:
    """What `multiprocessing.pool.ThreadPool` can do, one item after the other."""

    def __init__(
        self, processes: int | None = None, initializer: Any = None, initargs: Any = ()
    ) -> None:
        self._processes = processes
        if initializer:
            initializer(*initargs)

    def apply(self, function: Any, args: Any = (), kwds: Any = None) -> Any:
        """Call a function."""
        return function(*args, **(kwds or {}))

    def map(self, function: Any, items: Iterable[Any], chunksize: int | None = None) -> list[Any]:  # noqa: ARG002
        """Call a function with each item."""
        return [function(item) for item in items]

    def starmap(self, function: Any, items: Any, chunksize: int | None = None) -> list[Any]:  # noqa: ARG002
        """Call a function with each tuple of arguments."""
        return [function(*item) for item in items]

    def imap(self, function: Any, items: Iterable[Any], chunksize: int = 1) -> Iterator[Any]:  # noqa: ARG002
        """Call a function with each item, as they are asked for."""
        return map(function, items)

    imap_unordered = imap

    def close(self) -> None:
        """Do nothing: no thread waits."""

    terminate = join = close

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        pass


def _patch_pool(module: ModuleType) -> None:
    def later(name: str) -> Callable[..., Any]:
        def call(
            self: Pool,
            function: Any,
            *more: Any,
            callback: Any = None,
            error_callback: Any = None,
            **named: Any,
        ) -> Any:
            result = module.ApplyResult(_Owner(), callback, error_callback)
            try:
                result._set(0, (True, getattr(self, name)(function, *more, **named)))
            except Exception as error:  # the caller gets it from the result
                result._set(0, (False, error))
            return result

        return call

    methods = {f"{name}_async": later(name) for name in ("apply", "map", "starmap")}
    module.ThreadPool = type("ThreadPool", (Pool,), methods)  # type: ignore[attr-defined]


class _Owner:
    """What `ApplyResult` wants of a pool."""

    def __init__(self) -> None:
        self._cache: dict[int, Any] = {}
        self._change_notifier = None
