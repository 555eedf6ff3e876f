from .lesson import *
