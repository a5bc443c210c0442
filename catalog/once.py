"""Attributes that are computed when they are first asked for, without a lock."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Once(Generic[T]):
    """An attribute that is computed when it is first asked for, and kept.

    Not `functools.cached_property`: before Python 3.12 that holds one lock for all objects of a class while it
    computes. What is prepared in a thread for one object would make the event loop wait for another.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        """Decorate a method; the attribute has its name."""
        self._compute = compute
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> Once[T]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> T: ...

    def __get__(self, instance: object | None, owner: type) -> Once[T] | T:
        if instance is None:
            return self
        # From now on it is found in the object, and this isn't asked again.
        value = vars(instance)[self._compute.__name__] = self._compute(instance)
        return value
