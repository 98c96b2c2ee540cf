"""The hotels of a home: what staff say of them, another name, and two that are one."""
