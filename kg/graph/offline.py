"""Take the network away from the process that evaluates a query.

Two ways, both without privileges and for this process only:

    namespace   a network namespace of its own, in which there is no interface that is up (Linux; not in most containers)
    filter      a seccomp filter that refuses socket() (Linux on x86-64 and ARM64; also in containers)

Other systems have neither: there a query is only kept from the network by the check of its text.
"""

from __future__ import annotations

import ctypes
import platform
import sys

_NEW_USER, _NEW_NET = 0x10000000, 0x40000000
_NO_NEW_PRIVS, _SET_SECCOMP, _SECCOMP_FILTER = 38, 22, 2

#: machine -> its number in linux/audit.h, and the number of its system call socket()
_SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}

_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06  # operations of a BPF program
_ALLOW, _PERMISSION_DENIED = 0x7FFF0000, 0x00050000 | 13


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8), ("value", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("instructions", ctypes.POINTER(_Instruction)))


def leave_network() -> str:
    """Take the network away from this process for good; return "namespace", "filter", or "" where neither is permitted.

    Call it before the process starts a thread: a thread that runs already keeps its network.
    """
    if enter_namespace():
        return "namespace"
    return "filter" if refuse_sockets() else ""


def enter_namespace() -> bool:
    """Move this process to a new network namespace; False where that is not permitted."""
    if sys.platform != "linux":
        return False
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    # The first needs privileges; the second gets them in a user namespace, where the system permits one.
    return unshare is not None and (unshare(_NEW_NET) == 0 or unshare(_NEW_USER | _NEW_NET) == 0)


def refuse_sockets() -> bool:
    """Have the kernel refuse socket() to this process; False where that is not permitted."""
    if sys.platform != "linux" or platform.machine() not in _SOCKET_CALLS or sys.maxsize < 1 << 32:
        return False
    machine, socket_call = _SOCKET_CALLS[platform.machine()]
    steps = (
        (_LOAD, 0, 0, 4),  # the machine that this call is made for
        (_JUMP_IF_EQUAL, 0, 3, machine),  # another one numbers its calls differently: refused
        (_LOAD, 0, 0, 0),  # the number of the call
        (_JUMP_IF_EQUAL, 1, 0, socket_call),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _PERMISSION_DENIED),
    )
    program = _Program(len(steps), (_Instruction * len(steps))(*(_Instruction(*step) for step in steps)))
    prctl = ctypes.CDLL(None).prctl
    number = ctypes.c_ulong
    if prctl(_NO_NEW_PRIVS, number(1), number(0), number(0), number(0)) != 0:
        return False
    done: int = prctl(_SET_SECCOMP, number(_SECCOMP_FILTER), ctypes.byref(program), number(0), number(0))
    return done == 0
