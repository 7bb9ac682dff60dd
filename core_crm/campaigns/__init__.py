"""Campaigns (캠페인): who is written to, when, and why they may be. Today the kinds of campaign."""
