"""The telephone (콜센터). Today only the shape of how calls are led."""
