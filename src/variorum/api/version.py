"""The version of the program, as the project file has it."""

VERSION = "0.1.0"
